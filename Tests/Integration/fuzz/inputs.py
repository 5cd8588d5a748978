"""Hostile inputs by kind. Each kind is a function from a random generator to the bytes of a file."""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from differential.programs import programs  # noqa: E402

KINDS = {}

SOUP = """
False None True and assert break class continue def del elif else except finally for from global if
import in is lambda load not or pass return try while with yield x y f print len range [ ] ( ) { } ,
: ; . ... = == != <= >= < > + - * ** / // % @ += -= *= **= @= |= & | ^ ~ << >> -> := 0 1 2.5 1e9 0x
0xff 1_0 "a" 'b' f"{x}" f"{" b"\\xff" r"\\" \"\"\" ''' # \\ é λ ! ? $ `
""".split()
ATOMS = ("1", "-1", "x", '"a"', "[]", "{}", "None", "1.5", "(1,)", "True", "range(3)", "b'a'")


def kind(write):
    KINDS[write.__name__.replace("_", " ")] = write
    return write


def encoded(text):
    return text.encode("utf-8", "surrogatepass")


_seeds = [w.text for w in programs(60, seed=7)]


@kind
def mutated_programs(r):
    """A good program with pieces of it doubled, dropped, swapped or overwritten."""
    text = r.choice(_seeds)
    for _ in range(r.randint(1, 8)):
        a, b = sorted(r.randrange(len(text) + 1) for _ in range(2))
        b = min(b, a + r.choice([1, 3, 20]))
        piece = r.choice(["", text[a:b] * 2, text[a:b][::-1], r.choice(SOUP), "\n", " ", "\t"])
        text = text[:a] + piece + text[b:]
    return encoded(text)


@kind
def mutated_bytes(r):
    """A good program with bytes overwritten, which often is no UTF-8."""
    data = bytearray(r.choice(_seeds).encode())
    for _ in range(r.randint(1, 10)):
        data[r.randrange(len(data))] = r.randrange(256)
    return bytes(data)


@kind
def token_soup(r):
    return encoded(r.choice([" ", "", "\n"]).join(r.choices(SOUP, k=r.randint(1, 80))))


@kind
def bad_utf8(r):
    bad = r.choice([b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xc0\x80", b"\x80"])
    return b"x = 1\n" * r.randint(0, 3) + b'print("' + bad + b'")\n'


@kind
def control_characters(r):
    """NUL, form feed, BOM and lone carriage returns anywhere."""
    text = r.choice(_seeds)[: r.randint(1, 200)]
    at = r.randrange(len(text) + 1)
    mark = r.choice(["\0", "\f", "\ufeff", "\r", "\x1a", "\x7f", "\u2028", "\x85", "\u00a0"])
    return encoded(text[:at] + mark + text[at:])


@kind
def line_ends(r):
    text = r.choice(_seeds)
    return encoded(r.choice(["", "\ufeff"]) + text.replace("\n", r.choice(["\r\n", "\r", "\n\r"])))


@kind
def long_lines(r):
    """Lines of up to a megabyte."""
    count = r.choice([10_000, 100_000, 1_000_000])
    unit = r.choice(["a", "1", " ", "#", "x+", "[", "'", '"', "é", "f'{1}'", "0,", "not ", "\\"])
    return encoded("x = " + unit * (count // len(unit)) + "\n")


@kind
def deep_nesting(r):
    count = r.choice([90, 600, 5_000, 50_000])
    left, right = r.choice(
        [
            *(("(", ")"), ("[", "]"), ("{1:", "}"), ("f(", ")"), ("x[", "]"), ("-", ""), ("not ", "")),
            *(("lambda: ", ""), ("1 if 1 else ", ""), ("a.", ""), ("1**", ""), ("[x for x in ", "]")),
            *(("f'{", "}'"), ("(", ""), ("1+(", ")"), ("x = ", ""), ("1 < ", "")),
        ]
    )
    if r.random() < 0.2:
        head = r.choice(["if 1:", "for x in [1]:", "def f():", "while 0:"])
        count = min(count, 1200)
        return encoded("".join(" " * n + head + "\n" for n in range(count)) + " " * count + "pass\n")
    return encoded(left * count + "1" + right * count + "\n")


@kind
def deep_recursion(r):
    bodies = [
        "def f(n): return f(n + 1)\nf(0)",
        "def f(n): return [f(n + 1)]\nf(0)",
        "def f(n): return sorted([2, 1], key=f)\nf(0)",
        "def f(n): return map(f, [n])\nf(0)",
        "f = lambda n: f(n) + 1\nf(1)",
        "def f(x): return g(x)\ndef g(x): return f(x)\ng(1)",
        "xs = []\nfor i in range(%d): xs = [xs]\n%s",
        "d = {}\nfor i in range(%d): d = {1: d}\n%s",
        "t = ()\nfor i in range(%d): t = (t,)\n%s",
        "xs = []\nxs.append(xs)\n%s",
        "d = {}\nd[1] = d\n%s",
    ]
    body = r.choice(bodies)
    name = body[: body.index(" ")]
    uses = [f"print({name})", f"{name} == {name}", f"hash({name})", f"{{{name}: 1}}", "json.encode({})"]
    uses += [f"str({name}) + repr({name})", f"sorted([{name}, {name}])", f"y = [{name}] == [[{name}]]"]
    use = "import json\n" + r.choice(uses).replace("{}", name)
    if "%d" in body:
        return encoded(body % (r.choice([100, 2_000, 100_000]), use))
    return encoded(body.replace("%s", use) + "\n")


@kind
def huge_numbers(r):
    big = r.choice(["10 ** 30000", "1 << 999990", "-(1 << 63)", "9" * 5000, "1 << 64", "2 ** 70"])
    other = r.choice(["3", "-1", "0", "1.5", "1 << 63", "1 << 500000", "10 ** 400"])
    operator = r.choice(["+", "*", "**", "//", "%", "<<", ">>", "&", "|", "^", "/", "==", "<"])
    wrap = r.choice(
        ["%s", "str(%s)", "float(%s)", "hash(%s)", "[0] * (%s)", "'a' * (%s)", "range(%s)[-1]",
         "pow(%s, 3, 7)", "'%%x' %% (%s)", "chr(%s)", "int(str(%s), 36)", "len(range(%s))",
         "math.factorial(%s)", "math.isqrt(%s)", "math.comb(%s, 5)", "round(%s, -5)",
         "list(range(5))[%s]", "'abc'[:%s]", "f'{%s:,}'", "bytes([%s])", "'a'.center(%s)"]
    )  # fmt: skip
    return encoded("import math\nx = " + wrap.replace("%s", f"({big}) {operator} ({other})") + "\n")


@kind
def huge_repeats(r):
    count = r.choice(["1 << 40", "10 ** 9", "1 << 62", "1 << 63", "-(1 << 63)", "10 ** 30", "-1", "50000000"])
    value = r.choice(["'ab'", "[1]", "(1,)", "b'a'", "[[]]", "''", "[]", "'é'"])
    return encoded(
        r.choice(
            [f"x = {value} * ({count})", f"x = ({count}) * {value}", f"x = {value}\nx *= {count}",
             f"x = list(range({count}))", f"x = 'a'.ljust({count})", f"x = '%*d' % ({count}, 1)",
             f"x = 'a'.replace('a', 'b' * 1000000) * ({count})", f"x = [0 for i in range({count})]",
             f"x = ','.join(['a'] * ({count}))", "x = [1]\nwhile True: x += x",
             "x = 'a'\nwhile True: x += x", "x = {}\nwhile True: x[len(x)] = [0] * 100000"]
        )
        + "\n"
    )  # fmt: skip


@kind
def format_specifications(r):
    alphabet = "<>=^+- #0,_.%bcdoxXeEfFgGns{}[]!ra:1234567890é"
    spec = "".join(r.choices(alphabet, k=r.randint(0, 8)))
    if r.random() < 0.2:
        spec = r.choice(["", "0", ">", "."]) + str(r.choice([10**3, 10**6, 10**9, 10**12, 1 << 64])) + "d"
    value = r.choice([*ATOMS, "1e308", "-0.0", "1 << 200", "float('nan')"])
    quoted = spec.replace("'", "")
    return encoded(
        r.choice(
            [f"print(f'{{{value}:{quoted}}}')", f"print(format({value}, '{quoted}'))",
             f"print('{{:{quoted}}}'.format({value}))", f"print('%{quoted}' % {value})",
             f"print('{{{quoted}}}'.format({value}, x=1))", f"print('%({quoted})s' % {{}})"]
        )
        + "\n"
    )  # fmt: skip


@kind
def wrong_calls(r):
    """Builtins, modules and methods with arguments of any type and number."""
    names = (
        "abs all any bool bytes chr dict dir divmod enumerate fail filter float format getattr hasattr "
        "hash help int isinstance len list map max min ord pow print range repr reversed round set "
        "sorted str struct sum tuple type zip json.decode json.encode json.indent math.log math.gcd "
        "math.comb math.floor math.isclose zeros tensor LSTM Dense Model Input plot concat softmax "
        "random.randint random.choice one_hot pad_sequences Adam gradient reshape matmul linspace"
    ).split()
    methods = (
        "append extend index insert pop remove sort get items setdefault update union find replace "
        "split join partition center zfill format startswith strip splitlines count elems codepoints"
    ).split()

    def argument():
        prefix = r.choice(["", "", "", "", "*", "**", "key=", "x=", "axis="])
        return prefix + r.choice([*ATOMS, "len", "lambda a: a", "1 << 70", "[[1, 2], [3]]", "zeros((2, 2))"])

    arguments = ", ".join(argument() for _ in range(r.randint(0, 3)))
    target = r.choice(names) if r.random() < 0.6 else f"({r.choice(ATOMS)}).{r.choice(methods)}"
    return encoded(f"import json, math, random\nx = 3\nprint({target}({arguments}))\n")


@kind
def mixed_operators(r):
    def expression(depth):
        if depth == 0:
            return r.choice(ATOMS)
        operator = r.choice("+ - * / // % ** @ & | ^ << >> < <= == != in and or".split())
        return f"({expression(depth - 1)} {operator} {expression(depth - 1)})"

    target = r.choice(["y", "x[0]", "x.a", "a, b", "x[1:2]", "[a, *b]", "del x", "del x[0]"])
    if target.startswith("del"):
        return encoded(f"x = {expression(1)}\n{target}\n")
    return encoded(f"x = [1]\n{target} {r.choice(['=', '+=', '*='])} {expression(r.randint(0, 3))}\n")


def inputs(count, seed):
    """Yields (kind, bytes): the kinds in turn, their contents by the seed."""
    names = list(KINDS)
    for number in range(count):
        name = names[number % len(names)]
        yield name, KINDS[name](random.Random(f"{seed}-{number}"))
