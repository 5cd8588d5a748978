// Copying, converting, picking: memory traffic, which needs no level of its own.
#include <math.h>
#include <string.h>

#include "CKernels.h"

// The position of element `start` of a view: its indices and its offset.
static long locate(const ck_view *view, long start, long *index) {
  long offset = 0;
  for (int axis = view->rank - 1; axis >= 0; axis--) {
    index[axis] = start % view->extents[axis];
    start /= view->extents[axis];
    offset += index[axis] * view->strides[axis];
  }
  return offset;
}

// One element is `SIZE` bytes of type U. Runs along the last axis; the others advance like an
// odometer. GATHER copies from the view, otherwise into it.
#define WALK(NAME, U, GATHER) \
  static void NAME(U *out, const U *x, const ck_view *view, long start, long count) { \
    long index[CK_MAX_RANK]; \
    int last = view->rank - 1; \
    long offset = locate(view, start, index), step = view->strides[last]; \
    while (count > 0) { \
      long run = view->extents[last] - index[last]; \
      if (run > count) run = count; \
      U *to = GATHER ? out : out + offset; \
      const U *from = GATHER ? x + offset : x; \
      if (step == 1) \
        memcpy(to, from, (size_t)run * sizeof(U)); \
      else if (GATHER) \
        for (long i = 0; i < run; i++) to[i] = from[i * step]; \
      else \
        for (long i = 0; i < run; i++) to[i * step] = from[i]; \
      if (GATHER) out += run; \
      else x += run; \
      count -= run; \
      offset -= index[last] * step; \
      index[last] = 0; \
      for (int axis = last - 1; axis >= 0; axis--) { \
        offset += view->strides[axis]; \
        if (++index[axis] < view->extents[axis]) break; \
        offset -= view->strides[axis] * view->extents[axis]; \
        index[axis] = 0; \
      } \
    } \
  }
WALK(gather1, uint8_t, 1)
WALK(gather4, uint32_t, 1)
WALK(gather8, uint64_t, 1)
WALK(scatter1, uint8_t, 0)
WALK(scatter4, uint32_t, 0)
WALK(scatter8, uint64_t, 0)

// A plain transpose in square tiles: whole columns at a stride would miss the cache each time.
static void transpose4(uint32_t *out, const uint32_t *x, long rows, long columns, long row_stride,
                       long column_stride) {
  for (long r0 = 0; r0 < rows; r0 += 16)
    for (long c0 = 0; c0 < columns; c0 += 16) {
      long r1 = r0 + 16 < rows ? r0 + 16 : rows, c1 = c0 + 16 < columns ? c0 + 16 : columns;
      for (long r = r0; r < r1; r++)
        for (long c = c0; c < c1; c++)
          out[r * columns + c] = x[r * row_stride + c * column_stride];
    }
}

void ck_gather(void *out, const void *x, const ck_view *view, long start, long count, int size) {
  if (count <= 0) return;
  if (view->rank == 0) memcpy(out, x, (size_t)size);
  else if (size == 4 && view->rank == 2 && start % view->extents[1] == 0 &&
           count % view->extents[1] == 0 && view->strides[0] == 1) {
    long row = start / view->extents[1];
    transpose4(out, (const uint32_t *)x + row, count / view->extents[1], view->extents[1],
               view->strides[0], view->strides[1]);
  } else if (size == 8) gather8(out, x, view, start, count);
  else if (size == 4) gather4(out, x, view, start, count);
  else gather1(out, x, view, start, count);
}

void ck_scatter(void *out, const void *x, const ck_view *view, long start, long count, int size) {
  if (count <= 0) return;
  if (view->rank == 0) memcpy(out, x, (size_t)size);
  else if (size == 8) scatter8(out, x, view, start, count);
  else if (size == 4) scatter4(out, x, view, start, count);
  else scatter1(out, x, view, start, count);
}

#define TO_WHOLE(T, LOW, HIGH, LIMIT, x) \
  ((x) != (x) ? 0 : (x) >= (LIMIT) ? (HIGH) : (x) < -(LIMIT) ? (LOW) : (T)(x))
#define CAST_LOOP(T, S, EXPRESSION) \
  { \
    T *o = out; \
    const S *p = input; \
    for (long i = 0; i < n; i++) { S x = p[i]; o[i] = (T)(EXPRESSION); } \
    return; \
  }
#define CAST_FROM(S, TO_I32, TO_I64) \
  switch (to) { \
    case CK_BOOL: CAST_LOOP(uint8_t, S, x != 0) \
    case CK_I32: CAST_LOOP(int32_t, S, TO_I32) \
    case CK_I64: CAST_LOOP(int64_t, S, TO_I64) \
    case CK_F32: CAST_LOOP(float, S, x) \
    default: CAST_LOOP(double, S, x) \
  }
void ck_cast(void *out, ck_type to, const void *input, ck_type from, long n) {
  switch (from) {
    case CK_BOOL: CAST_FROM(uint8_t, x, x)
    case CK_I32: CAST_FROM(int32_t, x, x)
    case CK_I64: CAST_FROM(int64_t, x, x)
    case CK_F32:
      CAST_FROM(float, TO_WHOLE(int32_t, INT32_MIN, INT32_MAX, 2147483648.0f, x),
                TO_WHOLE(int64_t, INT64_MIN, INT64_MAX, 9223372036854775808.0f, x))
    default:
      CAST_FROM(double, TO_WHOLE(int32_t, INT32_MIN, INT32_MAX, 2147483648.0, x),
                TO_WHOLE(int64_t, INT64_MIN, INT64_MAX, 9223372036854775808.0, x))
  }
}

#define SELECT(U) \
  { \
    U *o = out; \
    const U *p = a, *q = b; \
    long p_step = !(scalars & 1), q_step = !(scalars & 2); \
    for (long i = 0; i < n; i++) o[i] = condition[i] ? p[i * p_step] : q[i * q_step]; \
  }
void ck_select(void *out, const uint8_t *condition, const void *a, const void *b, long n, int size,
               int scalars) {
  if (size == 8) SELECT(uint64_t)
  else if (size == 4) SELECT(uint32_t)
  else SELECT(uint8_t)
}

#define FILL(U) \
  { \
    U *o = out, v = *(const U *)value; \
    for (long i = 0; i < n; i++) o[i] = v; \
  }
void ck_fill(void *out, const void *value, long n, int size) {
  if (size == 8) FILL(uint64_t)
  else if (size == 4) FILL(uint32_t)
  else FILL(uint8_t)
}

void ck_take(void *out, const void *x, const int64_t *indices, long outer, long count, long extent,
             long inner_bytes) {
  char *o = out;
  const char *p = x;
  for (long i = 0; i < outer; i++)
    for (long j = 0; j < count; j++) {
      memcpy(o, p + (i * extent + indices[j]) * inner_bytes, (size_t)inner_bytes);
      o += inner_bytes;
    }
}

#define SCATTER_ADD(T) \
  { \
    T *o = out; \
    const T *p = x; \
    for (long i = 0; i < outer; i++) \
      for (long j = 0; j < count; j++) { \
        T *row = o + (i * extent + indices[j]) * inner; \
        for (long c = 0; c < inner; c++) row[c] += *p++; \
      } \
  }
void ck_scatter_add(void *out, ck_type type, const void *x, const int64_t *indices, long outer,
                    long count, long extent, long inner) {
  switch (type) {
    case CK_F32: SCATTER_ADD(float) break;
    case CK_F64: SCATTER_ADD(double) break;
    case CK_I32: SCATTER_ADD(uint32_t) break;
    case CK_I64: SCATTER_ADD(uint64_t) break;
    default: break;
  }
}

long ck_normalise(int64_t *out, const int64_t *indices, long n, long extent) {
  for (long i = 0; i < n; i++) {
    int64_t index = indices[i] < 0 ? indices[i] + extent : indices[i];
    if (index < 0 || index >= extent) return i;
    out[i] = index;
  }
  return -1;
}

#define ONE_HOT(T) \
  { \
    T *o = out; \
    memset(o, 0, (size_t)(n * depth) * sizeof(T)); \
    for (long i = 0; i < n; i++) \
      if (indices[i] >= 0 && indices[i] < depth) o[i * depth + indices[i]] = 1; \
  }
void ck_one_hot(void *out, ck_type type, const int64_t *indices, long n, long depth) {
  switch (type) {
    case CK_BOOL: ONE_HOT(uint8_t) break;
    case CK_I32: ONE_HOT(int32_t) break;
    case CK_I64: ONE_HOT(int64_t) break;
    case CK_F32: ONE_HOT(float) break;
    default: ONE_HOT(double) break;
  }
}

long ck_nonzero(int64_t *out, const uint8_t *mask, long n) {
  long found = 0;
  for (long i = 0; i < n; i++)
    if (mask[i]) {
      if (out) out[found] = i;
      found++;
    }
  return found;
}

#define ARG(T) \
  { \
    const T *p = x; \
    for (long i = 0; i < outer; i++) \
      for (long c = 0; c < inner; c++) { \
        const T *column = p + i * n * inner + c; \
        T best = column[0]; \
        long at = 0; \
        for (long j = 1; j < n && best == best; j++) { \
          T y = column[j * inner]; \
          if (y != y || (largest ? y > best : y < best)) { \
            best = y; \
            at = j; \
          } \
        } \
        out[i * inner + c] = at; \
      } \
  }

// Short rows, without a branch on what they hold: nobody predicts where the winner is.
static void arg_rows(int64_t *out, const float *x, long rows, long n, float sign) {
  for (long i = 0; i < rows; i++, x += n) {
    float best = x[0] * sign;
    long at = 0;
    int bad = best != best;
    for (long j = 1; j < n; j++) {
      float y = x[j] * sign;
      at = y > best ? j : at;
      best = y > best ? y : best;
      bad |= y != y;
    }
    for (long j = n - 1; bad && j >= 0; j--)
      if (x[j] != x[j]) at = j;
    out[i] = at;
  }
}

void ck_arg(int64_t *out, ck_type type, const void *x, long outer, long n, long inner,
            int largest) {
  if (type == CK_F32 && inner == 1 && n <= 16) {
    arg_rows(out, x, outer, n, largest ? 1.0f : -1.0f);
    return;
  }
  switch (type) {
    case CK_BOOL: ARG(uint8_t) break;
    case CK_I32: ARG(int32_t) break;
    case CK_I64: ARG(int64_t) break;
    case CK_F32: ARG(float) break;
    default: ARG(double) break;
  }
}
