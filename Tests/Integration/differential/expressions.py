"""Random expressions, one function a type.

They give a value in most cases: divisors are not zero, exponents, shifts and repetitions are small,
so that a program reaches its end or its planned fault.
"""

WORDS = ["", "a", "b", "spam", "Linnet", "two words", "x,y,,z", "  pad ", "ünïcode", "λ→x", "0042"]
FLOATS = [
    *("0.0", "-0.0", "0.1", "1.5", "2.5", "-3.75", "1e16", "123456789.125", "1e22", "1e-5"),
    *("0.0001", "1e300", "-1e-300", "5e-324", "3.141592653589793", "9007199254740993.0"),
]


def integer(w, depth=2):
    """An int, often beyond 64 bits."""
    if depth == 0:
        return integer_literal(w)
    left, right = integer(w, depth - 1), integer(w, depth - 1)
    match w.number(0, 13):
        case 0 | 1 | 2:
            w.use("int arithmetic")
            return f"({left} {w.choose('+', '-', '*')} {right})"
        case 3 | 4:
            w.use("int division")
            return f"({left} {w.choose('//', '%')} {nonzero(w, right)})"
        case 5:
            w.use("bit operations")
            return f"({left} {w.choose('&', '|', '^')} {right})"
        case 6:
            w.use("shifts")
            return f"({left} {w.choose('<<', '>>')} {w.number(0, 80)})"
        case 7:
            w.use("int powers")
            return f"({left} % 97) ** {w.number(0, 20)}"
        case 8:
            w.use("unary operators")
            return f"{w.choose('-', '+', '~')}{left}"
        case 9:
            w.use("conditional expressions")
            return f"({left} if {boolean(w, depth - 1)} else {right})"
        case 10:
            w.use("numeric builtins")
            return w.choose(
                f"abs({left})", f"max({left}, {right})", f"min({left}, {right})",
                f"divmod({left}, {nonzero(w, right)})[{w.number(0, 1)}]",
                f"pow({left}, {w.number(0, 30)}, {w.number(1, 1000)})", f"round({left}, -2)",
            )  # fmt: skip
        case 11:
            w.use("conversions")
            return w.choose(
                f"int(str({left}))", f"int({floating(w, 0)} % 1e9)", f"int({boolean(w, 0)})",
                f"int(\"{w.number(0, 1 << 70):x}\", 16)", f"int(\" -{w.number(0, 99)}\\n\")",
            )  # fmt: skip
        case 12:
            w.use("lengths and sums")
            return w.choose(f"len({text(w, 1)})", f"len({ints(w)})", f"sum({ints(w)}, {left})")
        case _:
            return f"ord({text(w, 0)}[:1] or {text_literal('?')})"


def nonzero(w, value):
    return w.choose(f"(abs({value}) + 1)", f"({value} | 1)", str(w.choose(2, 3, -7, 10**12, -1)))


def integer_literal(w):
    match w.number(0, 5):
        case 0:
            w.use("big ints")
            return str(w.number(-(1 << 140), 1 << 140))
        case 1:
            return w.choose("0", "1", "-1", str((1 << 63) - 1), str(-(1 << 63)), str(1 << 64))
        case 2:
            w.use("int literals")
            return w.choose(f"0x{w.number(0, 1 << 40):x}", f"0b{w.number(0, 99):b}", "1_000_000")
        case _:
            return str(w.number(-99, 99))


def floating(w, depth=2):
    """A float, sometimes an infinity or a NaN."""
    if depth == 0:
        return float_literal(w)
    left, right = floating(w, depth - 1), floating(w, depth - 1)
    match w.number(0, 7):
        case 0 | 1 | 2:
            w.use("float arithmetic")
            return f"({left} {w.choose('+', '-', '*')} {right})"
        case 3:
            w.use("float division")
            return f"({left} {w.choose('/', '//', '%')} (abs({right}) + 0.5))"
        case 4:
            w.use("mixed arithmetic")
            small = w.number(-1000, 1000)
            return w.choose(f"({left} * {small})", f"({small} - {left})", f"({small} / 7)")
        case 5:
            w.use("rounding")
            return w.choose(f"round({left}, {w.number(-2, 4)})", f"abs({left})", f"-{left}")
        case 6:
            w.use("float powers")
            return f"{w.number(1, 99) / 8} ** {w.number(-40, 40) / 4}"
        case _:
            w.use("conversions")
            return w.choose(f"float(str({left}))", f"float({w.number(-(1 << 80), 1 << 80)})")


def float_literal(w):
    if w.chance(0.4):
        return w.choose(*FLOATS)
    return repr(w.random.choice([w.random.uniform(-10, 10), w.random.lognormvariate(0, 20)]))


def boolean(w, depth=1):
    """True or False."""
    if depth == 0:
        return w.choose("True", "False")
    match w.number(0, 5):
        case 0:
            w.use("comparisons")
            sign = w.choose("<", "<=", ">", ">=", "==", "!=")
            make = w.choose(integer, floating, text, ints)
            return f"({make(w, depth - 1)} {sign} {make(w, depth - 1)})"
        case 1:
            w.use("chained comparisons")
            parts = [integer(w, depth - 1) for _ in range(3)]
            return f"({parts[0]} {w.choose('<', '<=')} {parts[1]} {w.choose('<', '!=')} {parts[2]})"
        case 2:
            w.use("boolean operators")
            return f"({boolean(w, depth - 1)} {w.choose('and', 'or')} not {boolean(w, depth - 1)})"
        case 3:
            w.use("membership")
            return w.choose(
                f"({integer(w, 0)} {w.choose('in', 'not in')} {ints(w, 1)})",
                f"({text(w, 0)} {w.choose('in', 'not in')} {text(w, 1)})",
            )
        case 4:
            w.use("truth")
            return f"bool({w.choose(integer, floating, text, ints)(w, depth - 1)})"
        case _:
            w.use("any and all")
            return f"{w.choose('any', 'all')}({ints(w)})"


def text(w, depth=2):
    """A string."""
    if depth == 0:
        return text_literal(w.choose(*WORDS))
    inner = text(w, depth - 1)
    match w.number(0, 8):
        case 0:
            w.use("string joining")
            return w.choose(f"({inner} + {text(w, depth - 1)})", f"({inner} * {w.number(-1, 3)})")
        case 1 | 2:
            w.use("string slices")
            return f"{inner}{slicing(w)}"
        case 3:
            w.use("string methods")
            return f"{inner}.{string_method(w)}"
        case 4:
            w.use("string formatting")
            return f"\"{{:>{w.number(0, 9)}}}|{{}}\".format({inner}, {integer(w, depth - 1)})"
        case 5:
            w.use("percent formatting")
            flags = w.choose("", "-", "+", "0")
            return f'("%{flags}{w.number(1, 9)}d|%s" % ({w.number(-99, 99)}, {inner}))'
        case 6:
            w.use("f-strings")
            name = w.assign(integer(w, depth - 1))
            return f"f\"<{{{name}}}{{{name}:>{w.number(1, 30)}}}>\""
        case 7:
            w.use("conversions")
            return f"str({w.choose(integer, floating)(w, depth - 1)})"
        case _:
            return inner


def string_method(w):
    return w.choose(
        "upper()", "lower()", "strip()", "title()", "capitalize()", "swapcase()", "lstrip(\" a\")",
        "rstrip()", "replace(\"a\", \"bb\")", "replace(\"\", \"-\", 2)", "zfill(6)",
        f"center({w.number(0, 12)}, \"*\")", f"ljust({w.number(0, 12)})", "rjust(7, \".\")",
        "removeprefix(\"L\")", "removesuffix(\"t\")", "partition(\"n\")[0]", "rpartition(\" \")[2]",
    )  # fmt: skip


def text_literal(value):
    """A string as both languages write it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def slicing(w):
    """`[a:b]` or `[a:b:c]` with any part left out."""

    def bound():
        return w.choose("", str(w.number(-7, 7)), str(w.number(-(1 << 70), 1 << 70)))

    step = w.choose("", "", f":{w.choose('1', '2', '-1', '-2', '3', '')}")
    return f"[{bound()}:{bound()}{step}]"


def ints(w, depth=1):
    """A list of ints."""
    if depth == 0 or w.chance(0.5):
        return f"[{', '.join(w.several(lambda: integer_literal(w)))}]"
    match w.number(0, 3):
        case 0:
            w.use("ranges")
            step = w.choose("", f", {w.choose(1, 2, -1, -3)}")
            return f"list(range({w.number(-9, 9)}, {w.number(-9, 9)}{step}))"
        case 1:
            w.use("list slices")
            return f"{ints(w, 0)}{slicing(w)}"
        case 2:
            w.use("list comprehensions")
            return f"[n * {w.number(-5, 5)} for n in {ints(w, 0)} if n % 3 != {w.number(0, 2)}]"
        case _:
            w.use("list joining")
            return w.choose(f"({ints(w, 0)} + {ints(w, 0)})", f"({ints(w, 0)} * {w.number(-1, 2)})")


def texts(w):
    """A list of strings."""
    w.use("splitting")
    if w.chance(0.5):
        return f"[{', '.join(w.several(lambda: text(w, 0)))}]"
    return text(w, 1) + w.choose(
        '.split(",")', ".split()", '.split(" ", 1)', '.rsplit(",", 1)', ".splitlines()",
        ".rsplit()", '.split("n")',
    )  # fmt: skip


def anything(w):
    """A value of any type, to be printed."""
    return w.choose(integer, floating, boolean, text, ints)(w)


def scalar(w):
    """A literal that can be a key."""
    return w.choose(lambda: str(w.number(-9, 9)), lambda: text(w, 0), lambda: f"({w.number(0, 3)},)")()
