// Which level this processor runs.
#include "CKernels.h"
#include "levels.h"

ck_level ck_best_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") ||
      !__builtin_cpu_supports("bmi2"))
    return CK_BASELINE;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
    return CK_AVX512;
  return CK_AVX2;
#else
  return CK_BASELINE;
#endif
}

const ck_table *ck_table_for(ck_level level) {
#if defined(__x86_64__)
  ck_level best = ck_best_level();
  if (level > best) level = best;
  if (level == CK_AVX512) return &ck_table_avx512;
  if (level == CK_AVX2) return &ck_table_avx2;
#else
  (void)level;
#endif
  return &ck_table_baseline;
}
