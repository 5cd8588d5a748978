// The level of processors with AVX-512.
#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "CKernels.h"
#include "levels.h"

#define LEVEL_NAME "avx512"
#define LEVEL_TABLE ck_table_avx512
#define LEVEL_FMA 1
#define LEVEL_AVX512 1
#define BLOCK1 12
#define BLOCK2 12
#define BLOCK4 6

#define FEATURES "avx512f,avx512dq,avx512vl,avx512bw,fma,avx2,bmi2"
#pragma clang attribute push(__attribute__((target(FEATURES))), apply_to = function)
#pragma clang attribute push(__attribute__((min_vector_width(512))), apply_to = function)
#include "level.inc"
#pragma clang attribute pop
#pragma clang attribute pop
#endif
