// The tables of the levels, which only the dispatch and the files that fill them see.
#pragma once

#include "CKernels.h"

extern const ck_table ck_table_baseline;
#if defined(__x86_64__)
extern const ck_table ck_table_avx2;
extern const ck_table ck_table_avx512;
#endif
