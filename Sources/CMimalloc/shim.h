#include <mimalloc.h>

/// Keeps what is freed for the next objects, unless it is asked to give it back: as it comes, mimalloc gives back what
/// was not used for 25 ms, and on a loaded machine the resident size of a steady session goes up and down.
static inline void keepFreedMemory(void) {
  const long delay = 2000;  // milliseconds
#if MI_MALLOC_VERSION < 210
  mi_option_set(mi_option_decommit_delay, delay);
  mi_option_set(mi_option_segment_decommit_delay, delay * 1000);
#else
  mi_option_set(mi_option_purge_delay, delay);
#endif
}
