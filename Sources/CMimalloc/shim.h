#include <mimalloc.h>

/// Keeps what is freed for the next objects until it is asked to give it back: by itself, mimalloc gives memory back
/// by the clock, and the resident size of a steady session goes up and down by a third.
static inline void keepFreedMemory(void) {
#if MI_MALLOC_VERSION < 210
  const long never = 1L << 40;  // milliseconds
  mi_option_set(mi_option_decommit_delay, never);
  mi_option_set(mi_option_segment_decommit_delay, never);
#else
  mi_option_set(mi_option_purge_delay, -1);
#endif
}
