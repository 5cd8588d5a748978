// The C kernels: plain loops over contiguous memory, chosen once for the processor at hand.
//
// Kernels trust their caller: extents are not negative, pointers are valid for what is said,
// outputs do not overlap inputs unless stated. Nothing here allocates, and no call takes longer than its
// arguments ask for: the Swift face cuts large work into chunks.
#pragma once

#include <stdint.h>

#define CK_MAX_RANK 32

/// Element types, with the raw values of `DType`.
typedef enum { CK_BOOL, CK_I32, CK_I64, CK_F32, CK_F64, CK_TYPES } ck_type;

/// Instruction sets, in rising order.
typedef enum { CK_BASELINE, CK_AVX2, CK_AVX512, CK_LEVELS } ck_level;

typedef enum {
  CK_NEGATIVE, CK_ABSOLUTE, CK_SIGN, CK_SQUARE, CK_SQRT, CK_RECIPROCAL, CK_EXP, CK_LOG, CK_LOG1P,
  CK_EXPM1, CK_SIN, CK_COS, CK_TAN, CK_TANH, CK_SIGMOID, CK_RELU, CK_FLOOR, CK_CEIL, CK_ROUND,
  CK_TRUNCATE, CK_LOG2, CK_LOG10, CK_NOT, CK_ISNAN, CK_ISINF, CK_ISFINITE, CK_UNARIES
} ck_unary;

typedef enum {
  CK_ADD, CK_SUBTRACT, CK_MULTIPLY, CK_DIVIDE, CK_FLOOR_DIVIDE, CK_REMAINDER, CK_POWER, CK_MINIMUM,
  CK_MAXIMUM, CK_AND, CK_OR, CK_XOR, CK_TANH_GRADIENT, CK_SIGMOID_GRADIENT, CK_RELU_GRADIENT,
  CK_EQUAL, CK_NOT_EQUAL, CK_LESS, CK_LESS_EQUAL, CK_GREATER, CK_GREATER_EQUAL, CK_BINARIES
} ck_binary;

typedef enum { CK_SUM, CK_PRODUCT, CK_MIN, CK_MAX, CK_ANY, CK_ALL, CK_REDUCTIONS } ck_reduction;

/// Activations of a recurrent layer, which know their slope from their value.
typedef enum { CK_ACT_TANH, CK_ACT_SIGMOID, CK_ACT_RELU, CK_ACT_LINEAR } ck_activation;

typedef void (*ck_unary_kernel)(void *out, const void *x, long n);
/// `scalars`: bit 0 when `a` is one element for all, bit 1 when `b` is.
typedef void (*ck_binary_kernel)(void *out, const void *a, const void *b, long n, int scalars);
/// Reduces `x[outer][n][inner]` over its middle; `out[outer][inner]`.
typedef void (*ck_reduce_kernel)(void *out, const void *x, long outer, long n, long inner);

/// One shard of a recurrent layer: `rows` sequences of `time` steps, kept time-major.
///
/// The saved arrays, which the backward pass reads: `x[time][rows][inputs]`,
/// `gates[time][rows][gates·units]` (activated), `h[time+1][rows][units]`, and for an LSTM
/// `c[time+1][rows][units]` and `act_c[time][rows][units]`. Slot 0 of `h` and `c` is the start.
/// Where `joint`, x and h are one array `[time+1][rows][inputs+units]`, and so are wx and wh.
typedef struct {
  long rows, time, inputs, units;
  ck_activation activation, gate_activation;
  int reversed;
  const float *input;  // [rows][time][inputs]
  const float *wx, *wh, *bias;  // bias may be null
  long width;  // row stride of wx and wh; a multiple of 16 when they are padded copies
  // 0, or the columns of the panels that wx and wh are cut into, each of whole rows: [width /
  // panel][inputs or units][panel]. Rows far apart would touch a new page each.
  long panel;
  int joint;
  long x_row, h_row;  // between the rows of x, and of h
  float *x, *gates, *h, *c, *act_c;
  float *sequence;  // [rows][time][units], or null
} ck_recurrent;

/// The backward pass of the same shard. `d_sequence`, `d_input` may be null.
typedef struct {
  const ck_recurrent *forward;
  const float *wh_t;  // [gates·units][padded units]: the transposed recurrent weights
  long wh_t_width;  // units rounded up to 16
  long panel;  // as in `ck_recurrent`, of wh_t
  const float *d_sequence;  // [rows][time][units]
  float *dh, *dc;  // [rows][units]: in, of the last state; out, of the first
  float *d_gates;  // [time][rows][gates·units]
} ck_recurrent_gradient;

/// One shard of a recurrent layer whose lanes go over the batch; `first_h`, `first_c`, `sequence`
/// may be null, and an Elman layer has no c.
///
/// `saved` has `floats_per_row` floats for each row, the number of rows rounded up to 16:
/// `(time+1)·(1+inputs+units) + time·gates·units`, and for an LSTM `(2·time+1)·units` more.
typedef struct {
  long rows, time, inputs, units, floats_per_row;
  ck_activation activation, gate_activation;
  int reversed;
  const float *input;  // [rows][time][inputs]
  const float *weights;  // [1+inputs+units][gates·units]: bias, kernel, recurrent kernel
  const float *first_h, *first_c;  // [rows][units]
  float *saved;
  float *sequence;  // [rows][time][units]
  float *last_h, *last_c;  // [rows][units]
} ck_lanes;

/// The backward pass of the same shard. `d_sequence`, `d_input` may be null.
typedef struct {
  const ck_lanes *forward;
  const float *d_sequence;  // [rows][time][units]
  float *dh, *dc;  // [rows][units]: in, of the last state; out, of the first
  float *flow;  // `inputs+2·units` floats for each row, the number of rows rounded up to 16
  float *scratch;  // 64 floats for each column of the weights, their number rounded up to 16
  float *d_input;  // [rows][time][inputs]
  float *d_weights;  // [1+inputs+units][gates·units]
} ck_lanes_gradient;

typedef struct {
  const char *name;
  ck_unary_kernel unary[CK_TYPES][CK_UNARIES];
  ck_binary_kernel binary[CK_TYPES][CK_BINARIES];
  ck_reduce_kernel reduce[CK_TYPES][CK_REDUCTIONS];
  /// Sums `n` elements in double precision, for results that are made of several chunks.
  double (*sum_f32)(const float *x, long n);
  /// `c[m][n] (+)= a·b`, any strides for `a` and `b`; `b` may be read up to a multiple of a vector
  /// beyond `n` when `padded`.
  void (*matmul_f32)(float *c, long c_row, const float *a, long a_row, long a_k, const float *b,
                     long b_k, long b_column, long m, long n, long k, int accumulate, int padded);
  void (*matmul_f64)(double *c, long c_row, const double *a, long a_row, long a_k, const double *b,
                     long b_k, long b_column, long m, long n, long k, int accumulate, int padded);
  void (*softmax_f32)(float *out, const float *x, long rows, long n, int logarithm);
  void (*softmax_f64)(double *out, const double *x, long rows, long n, int logarithm);
  void (*softmax_gradient_f32)(float *out, const float *y, const float *dy, long rows, long n,
                               int logarithm);
  void (*softmax_gradient_f64)(double *out, const double *y, const double *dy, long rows, long n,
                               int logarithm);
  /// `losses[rows]`, `slopes[rows][n]` of probabilities cut to `low ... high`.
  void (*binary_crossentropy_f32)(float *losses, float *slopes, const float *target,
                                  const float *prediction, long rows, long n, float low,
                                  float high);
  /// `out[rows][n] = x[rows][n] · by[rows]`.
  void (*scale_rows_f32)(float *out, const float *x, const float *by, long rows, long n);
  void (*adam_f32)(float *w, float *m, float *v, const float *g, long n, float rate,
                   float one_minus_beta1, float one_minus_beta2, float epsilon);
  void (*adam_f64)(double *w, double *m, double *v, const double *g, long n, double rate,
                   double one_minus_beta1, double one_minus_beta2, double epsilon);
  void (*lstm_forward)(const ck_recurrent *layer, long from, long to);
  void (*lstm_backward)(const ck_recurrent_gradient *gradient, long from, long to);
  void (*elman_forward)(const ck_recurrent *layer, long from, long to);
  void (*elman_backward)(const ck_recurrent_gradient *gradient, long from, long to);
  void (*lstm_lanes_forward)(const ck_lanes *layer, long from, long to);
  void (*lstm_lanes_backward)(const ck_lanes_gradient *gradient, long from, long to);
  void (*elman_lanes_forward)(const ck_lanes *layer, long from, long to);
  void (*elman_lanes_backward)(const ck_lanes_gradient *gradient, long from, long to);
} ck_table;

/// The best level that this processor has.
ck_level ck_best_level(void);

/// The kernels of a level; the baseline's where the processor or the build lacks it.
const ck_table *ck_table_for(ck_level level);

// A table's functions by number; null where an operation is not defined for a type.

static inline ck_unary_kernel ck_find_unary(const ck_table *table, ck_type type, ck_unary op) {
  return table->unary[type][op];
}
static inline ck_binary_kernel ck_find_binary(const ck_table *table, ck_type type, ck_binary op) {
  return table->binary[type][op];
}
static inline ck_reduce_kernel ck_find_reduce(const ck_table *table, ck_type type,
                                              ck_reduction op) {
  return table->reduce[type][op];
}

// Moving: the same for all levels.

/// A strided view of some elements; `rank` ≤ `CK_MAX_RANK`, strides in elements.
typedef struct {
  int rank;
  long extents[CK_MAX_RANK];
  long strides[CK_MAX_RANK];
} ck_view;

/// Copies elements `start ..< start + count` of the view, in row-major order, to contiguous `out`.
void ck_gather(void *out, const void *x, const ck_view *view, long start, long count, int size);
/// The opposite: contiguous `x` into the view.
void ck_scatter(void *out, const void *x, const ck_view *view, long start, long count, int size);
/// Converts as NumPy's `astype`; floats outside the range of an integer saturate, NaN gives 0.
void ck_cast(void *out, ck_type to, const void *x, ck_type from, long n);
void ck_select(void *out, const uint8_t *condition, const void *a, const void *b, long n, int size,
               int scalars);
void ck_fill(void *out, const void *value, long n, int size);
/// `out[outer][count][inner] = x[outer][extent][inner]` at `indices`; sizes in bytes.
void ck_take(void *out, const void *x, const int64_t *indices, long outer, long count, long extent,
             long inner_bytes);
void ck_scatter_add(void *out, ck_type type, const void *x, const int64_t *indices, long outer,
                    long count, long extent, long inner);
/// Wraps negative indices; returns the position of the first one out of range, or -1.
long ck_normalise(int64_t *out, const int64_t *indices, long n, long extent);
void ck_one_hot(void *out, ck_type type, const int64_t *indices, long n, long depth);
long ck_nonzero(int64_t *out, const uint8_t *mask, long n);
/// Index of the winner along the middle of `x[outer][n][inner]`; the first, NaN before all.
void ck_arg(int64_t *out, ck_type type, const void *x, long outer, long n, long inner, int largest);
/// x to the power y, within one unit in the last place, equal on every machine.
double ck_pow(double x, double y);
