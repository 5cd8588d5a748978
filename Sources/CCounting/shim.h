#pragma once

// The Swift runtime's counting of references without atomic operations.
void *swift_nonatomic_retain(void *object);
void swift_nonatomic_release(void *object);

// True when an object is referred to once.
_Bool swift_isUniquelyReferenced_nonNull_native(const void *object);

// Not inline: an optimizer that sees the call takes it for the other half of an atomic one.
__attribute__((noinline)) static void counting_retain(void *object) {
  swift_nonatomic_retain(object);
}

static inline void counting_release(void *object) { swift_nonatomic_release(object); }
