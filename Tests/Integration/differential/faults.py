"""How programs end: a planned fault in one of several places.

A fault is an expression or a statement that CPython and Linnet must refuse with the same name on
the same line.
"""

from .expressions import boolean, floating, integer, ints, text

EXPRESSIONS = {
    "division by zero": lambda w: f"{integer(w)} {w.choose('//', '%', '/')} ({integer(w, 0)} * 0)",
    "float division by zero": lambda w: f"{floating(w, 0)} {w.choose('//', '%', '/')} 0.0",
    "index out of range": lambda w: f"[{w.number(0, 9)}][{w.choose(1, -2, 1 << 70)}]",
    "string index out of range": lambda w: f'"abc"[{w.choose(3, -4, 99)}]',
    "missing key": lambda w: f'{{"a": 1}}[{w.choose(repr("b"), "1", "None", "(1, 2)")}]',
    "unhashable key": lambda w: f"{{{ints(w, 0)}: 1}}",
    "unknown name": lambda w: f"unknown + {integer(w, 0)}",
    "unknown attribute": lambda w: f"{w.choose(ints(w), text(w), '(1).real', '{}')}.missing",
    "operand types": lambda w: f"{integer(w, 0)} {w.choose('+', '-', '/', '<')} {text(w, 0)}",
    "text times text": lambda w: f"{text(w, 0)} * {text(w, 0)}",
    "None operand": lambda w: f"None {w.choose('+', '-', '<', '*')} 1",
    "call of a number": lambda w: f"({integer(w)})({w.number(0, 3)})",
    "wrong argument count": lambda w: f"(lambda a, b: a)({w.choose('', '1', '1, 2, 3', 'c=1')})",
    "wrong builtin arguments": lambda w: w.choose("len()", "len([], [])", "abs()", "sorted()"),
    "wrong argument type": lambda w: w.choose("len(5)", 'abs("x")', "chr('a')", "ord('ab')", "sum(3)"),
    "unreadable int": lambda w: f"int({w.choose(repr('x'), repr(''), repr('1.5'), repr('12') + ', 2')})",
    "unreadable float": lambda w: f"float({w.choose(repr('x'), repr(''), repr('1e'), repr('1_'))})",
    "infinite int": lambda w: f"int(float({w.choose(repr('inf'), repr('-inf'))}))",
    "NaN int": lambda w: "int(float('nan'))",
    "int too large for a float": lambda w: f"float({w.number(10**309, 10**320)})",
    "float power overflow": lambda w: "10.0 ** 400",
    "negative shift": lambda w: f"{integer(w, 0)} {w.choose('<<', '>>')} -1",
    "range without step": lambda w: "range(1, 5, 0)",
    "slice without step": lambda w: f"{w.choose(ints(w), text(w))}[::0]",
    "value not in list": lambda w: "[1, 2].index(3)",
    "text not found": lambda w: f"{text(w)}.index('no such text')",
    "empty maximum": lambda w: f"{w.choose('max', 'min')}([])",
    "empty separator": lambda w: f"{text(w)}.{w.choose('split', 'partition')}('')",
    "not iterable": lambda w: f"{w.choose('list', 'sorted', 'tuple', 'set')}({w.choose('5', 'None', '1.5')})",
    "joined numbers": lambda w: "','.join([1])",
    "unordered types": lambda w: "sorted([1, 'a'])",
    "format type": lambda w: f"f\"{{{integer(w, 0)}:{w.choose('q', 's', '.2d')}}}\"",
    "percent arguments": lambda w: w.choose("'%d' % 'x'", "'%d %d' % (1,)", "'%d' % (1, 2)"),
    "code point range": lambda w: f"chr({w.choose(-1, 0x110000)})",
    "pop from nothing": lambda w: w.choose("[].pop()", "{}.popitem()", "set().pop()", "{}.pop(1)"),
    "square root of -1": lambda w: "math.sqrt(-1)",
}

STATEMENTS = {
    "assertion": lambda w: f"assert {boolean(w)} and False, {text(w)}",
    "too many values": lambda w: "a, b = [1, 2, 3]",
    "too few values": lambda w: "a, b, c = (1, 2)",
    "unpacked number": lambda w: "a, b = 5",
    "changed tuple": lambda w: "(1, 2)[0] = 3",
    "changed string": lambda w: "'abc'[0] = 'x'",
    "list index in assignment": lambda w: "[1][5] = 0",
    "deleted key": lambda w: "del {'a': 1}['b']",
    "removed value": lambda w: w.choose("[1].remove(2)", "set([1]).remove(2)"),
    "loop over a number": lambda w: "for n in 5: pass",
    "local before assignment": None,
    "endless recursion": None,
}

NAMES = [*EXPRESSIONS, *STATEMENTS]


def write(w, name):
    """Ends a program with a fault, at its top level or somewhere inside."""
    w.line("import math")
    if name == "local before assignment":
        with w.block("def early():"):
            w.line("print(late)")
            w.line("late = 1")
        w.line("early()")
    elif name == "endless recursion":
        with w.block("def down(n):"):
            w.line("n += 1")
            w.line("return down(n) + 1")
        w.line("down(0)")
    elif name in EXPRESSIONS:
        _place_expression(w, EXPRESSIONS[name](w))
    else:
        _place(w, [STATEMENTS[name](w)])
    w.line('print("not reached")')


def _place_expression(w, expression):
    _place(
        w,
        w.choose(
            [expression],
            [f"result = {expression}"],
            [f"print(1, {expression})"],
            [f"result = [n for n in [1] if [{expression}]]"],
            [f"print((lambda: {expression})())"],
            [f"sorted([2, 1], key=lambda n: {expression})"],
            ["result = [", "    1,", f"    {expression},", "]"],
            ["print(", "    len([]),", f"    max(1, {expression}),", ")"],
        ),
    )


def _place(w, lines):
    """Writes lines at the top level, in a loop, a branch or a function that others call."""
    match w.number(0, 4):
        case 0:
            w.line("\n".join(lines))
        case 1:
            with w.block("for turn in range(3):"):
                w.line("print(turn)")
                with w.block("if turn == 1:"):
                    w.line("\n".join(lines))
        case 2:
            with w.block("def inner(a):"):
                w.line("a += 1")
                w.line("\n".join(lines))
                w.line("return a")
            w.line("print(inner(1))")
        case 3:
            with w.block("def outer(a, *rest):"):
                with w.block("def inner():"):
                    w.line("\n".join(lines))
                w.line("x = inner()")
                w.line("return x")
            w.line("result = outer(1, 2)")
        case _:
            with w.block("def method(self):"):
                w.line('"""Has words."""')
                with w.block("while True:"):
                    w.line("\n".join(lines))
                    w.line("break")
            w.line("result = map(method, [1, 2])")
