"""How bounds that were set on one machine are read on another, for all suites."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bound:
    """The most that Linnet may take here: as it was set, and stretched for a slower machine."""

    set: float
    here: float

    def verdict(self, value):
        """Which of the two a value keeps; none when it is missing or above both."""
        if value is None or value > self.here:
            return "MISSED"
        return "within" if value <= self.set else "within, stretched"

    def __str__(self):
        """The bound as it was set and, when it is another one here, that."""
        return f"{self.set:g}" + (f" ({self.here:.3g} here)" if self.here > self.set else "")


def stretched(bound, rivals):
    """A bound, stretched as much as rivals are slower here than where it was set; never tightened.

    `rivals` are pairs of what each takes here and what it took there; of several the one counts that
    slowed down least. Without any the bound stands as it is. Only times are stretched: what is counted,
    such as memory and messages, is the same on every machine.
    """
    slower = min((here / there for here, there in rivals), default=1)
    return Bound(bound, bound * max(1, slower))
