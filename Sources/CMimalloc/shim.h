#include <mimalloc.h>

/// Keeps what is freed for the next objects, until nothing has used it for two seconds.
///
/// As it comes, mimalloc gives back after 25 ms: beside other programs the resident size of a steady session then goes
/// up and down.
static inline void keepFreedMemory(void) {
  const long delay = 2000;  // milliseconds
#if MI_MALLOC_VERSION < 210
  mi_option_set(mi_option_decommit_delay, delay);
  mi_option_set(mi_option_segment_decommit_delay, delay * 1000);
#else
  mi_option_set(mi_option_purge_delay, delay);
#endif
}
