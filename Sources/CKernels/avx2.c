// The level of processors with AVX2 and FMA.
#if defined(__x86_64__)
#include <math.h>
#include <string.h>

#include "CKernels.h"
#include "levels.h"

#define LEVEL_NAME "avx2"
#define LEVEL_TABLE ck_table_avx2
#define LEVEL_FMA 1
#define LEVEL_AVX512 0
#define BLOCK1 6
#define BLOCK2 2
#define BLOCK4 0

#pragma clang attribute push(__attribute__((target("fma,avx2,bmi2"))), apply_to = function)
#include "level.inc"
#pragma clang attribute pop
#endif
