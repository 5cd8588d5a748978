"""The text of a program while it is being generated."""

import contextlib


class Writer:
    """Lines of a program, the random choices behind them and the constructs that they use."""

    def __init__(self, random):
        self.random = random
        self.lines = []
        self.constructs = set()
        self.depth = 0
        self.names = 0
        # The name of the planned fault that ends the program.
        self.fault = None

    @property
    def text(self):
        return "\n".join(self.lines) + "\n"

    def line(self, text):
        """Adds a line, or several, at the depth of the block that is open."""
        self.lines += ["    " * self.depth + part for part in text.split("\n")]

    @contextlib.contextmanager
    def block(self, head):
        """Adds a head such as `if x:`; what is added inside is its body."""
        self.line(head)
        self.depth += 1
        yield
        self.depth -= 1

    def use(self, construct):
        self.constructs.add(construct)

    def fresh(self, stem="v"):
        """A name that the program does not use yet."""
        self.names += 1
        return f"{stem}{self.names}"

    def assign(self, value, stem="v"):
        """Binds a fresh name to an expression."""
        name = self.fresh(stem)
        self.line(f"{name} = {value}")
        return name

    def print(self, *values):
        self.line(f"print({', '.join(map(str, values))})")

    def chance(self, probability):
        return self.random.random() < probability

    def choose(self, *options):
        return self.random.choice(options)

    def number(self, low, high):
        return self.random.randint(low, high)

    def several(self, make, low=0, high=5):
        """Between `low` and `high` results of `make`."""
        return [make() for _ in range(self.number(low, high))]
