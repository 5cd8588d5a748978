// The level that any processor runs: sums of products are never fused, so that bits are equal on
// every machine.
#include <math.h>
#include <string.h>

#include "CKernels.h"
#include "levels.h"

#define LEVEL_NAME "baseline"
#define LEVEL_TABLE ck_table_baseline
#define LEVEL_FMA 0
#define LEVEL_AVX512 0
// Rows of a register block one, two, four vectors of 64 bytes wide; 0: none.
#if defined(__aarch64__)
#define BLOCK1 6
#else
#define BLOCK1 2
#endif
#define BLOCK2 0
#define BLOCK4 0

#include "level.inc"
