"""Makes the programs: which sections each has and how it ends."""

import random

from . import faults, functions, sections  # noqa: F401, functions enters its sections
from .writer import Writer

SECTIONS_EACH = 8
# Of five programs two end in a planned fault.
FAULTY = (True, False, True, False, False)


def programs(count, seed=2026):
    """Yields the writers of `count` programs; equal seeds give equal programs."""
    chance = random.Random(seed)
    parts = _deck(chance, list(sections.SECTIONS))
    endings = _deck(chance, faults.NAMES)
    for number in range(count):
        w = Writer(random.Random(f"{seed}-{number}"))
        for _ in range(SECTIONS_EACH):
            name = next(parts)
            w.use(name)
            sections.SECTIONS[name](w)
        if FAULTY[number % len(FAULTY)]:
            name = next(endings)
            w.fault = name
            faults.write(w, name)
        yield w


def _deck(chance, cards):
    """Cards in random order, again and again: none is rarer than another."""
    while True:
        yield from chance.sample(cards, len(cards))
