"""Pieces of programs, one construct each; every piece prints what it made.

A section is a function that writes statements; its name is its construct.
"""

from .expressions import (
    anything,
    boolean,
    floating,
    integer,
    integer_literal,
    ints,
    scalar,
    text,
    text_literal,
    texts,
)

SECTIONS = {}


def section(write):
    """Enters a function under its name with spaces."""
    SECTIONS[write.__name__.replace("_", " ")] = write
    return write


# Numbers and their text.


@section
def integers(w):
    w.print(*w.several(lambda: integer(w, 3), 1, 3))


@section
def floats_and_their_text(w):
    w.print(*w.several(lambda: floating(w), 1, 4))
    w.print(f"str({floating(w)})", f"repr({floating(w)})", f"[{floating(w)}, ({floating(w)},)]")


@section
def number_formats(w):
    number = w.assign(integer(w))
    real = w.assign(floating(w))
    for _ in range(3):
        fill = w.choose("", "*<", ".>", "_^", "0=")
        head = fill + w.choose("", "+", "-", " ")
        whole = head + w.choose("", "#") + w.choose("", "0") + w.choose("", "9", "24")
        whole += w.choose("", *(f"{mark}{kind}" for mark in ("", "_") for kind in "dxXob"), ",", ",d")
        part = head + w.choose("", "0") + w.choose("", "12") + w.choose("", ",")
        part += w.choose("", ".0", ".3", ".12") + w.choose("", "f", "e", "g", "F", "E", "G", "%")
        w.print(f'f"{{{number}:{whole}}}|{{{real}:{part}}}"', f'format({number}, ".3e")')


@section
def percent_numbers(w):
    for _ in range(3):
        flags = w.choose("", "-", "+", " ", "0", "#", "-+", "+0")
        width = w.choose("", "3", "12")
        w.print(f'"<%{flags}{width}{w.choose(*"dioxX")}>" % {integer(w)}')
        w.print(f'"<%{flags}{width}{w.choose("", ".0", ".4")}{w.choose(*"eEfFgG")}>" % {floating(w)}')


@section
def mathematics(w):
    w.line("import math")
    one = w.choose("sqrt", "exp", "sin", "cos", "atan", "tanh", "floor", "ceil", "log1p", "degrees")
    value = repr(w.random.uniform(0, 30))
    w.print(f"math.{one}({value})", f"math.isnan({floating(w, 0)})", f"math.hypot(3, {value})")
    w.print(
        f"math.gcd({integer(w, 1)}, {integer(w, 1)})",
        f"math.isqrt(abs({integer(w)}))",
        f"math.factorial({w.number(0, 40)})",
        f"math.comb({w.number(0, 90)}, {w.number(0, 40)})",
        f"math.prod({ints(w)})",
        f"math.isclose({value}, {value} * {w.choose('1.0000000001', '1.1')})",
    )


# Strings.


@section
def string_searches(w):
    value = w.assign(text(w))
    part = w.choose("a", "n", " ", "", "wo", "λ")
    literal = text_literal(part)
    bounds = w.choose("", f", {w.number(-5, 5)}", f", {w.number(-5, 5)}, {w.number(-5, 9)}")
    w.print(*(f"{value}.{name}({literal}{bounds})" for name in ("find", "rfind", "count")))
    w.print(f"{value}.startswith(({literal}, \"L\"))", f"{value}.endswith({literal}{bounds})")
    w.print(f"{value}.partition({text_literal(part or ' ')})", f"{value}.rpartition(\",\")")


@section
def string_tests(w):
    value = w.assign(w.choose(text(w), text(w, 0), '"Abc12"', '"²½"', '"a_1"', '" \\t"'))
    names = ("alnum", "alpha", "digit", "decimal", "numeric", "lower", "upper", "space", "title")
    w.print(*(f"{value}.is{name}()" for name in (*names, "identifier")))


@section
def string_changes(w):
    w.print(*(f"{text(w)}.{name}()" for name in ("upper", "lower", "title", "swapcase", "strip")))
    w.print(f"{text(w)}.replace({text(w, 0)}, {text(w, 0)})", f"{texts(w)}")
    w.print(f"{text(w, 0)}.join({texts(w)})", f"{text(w)}.splitlines({w.choose('', 'True')})")


@section
def characters(w):
    value = w.assign(text(w))
    with w.block(f"for place, letter in enumerate(letters({value})):"):
        w.line('print(place, letter, ord(letter), end=";")')
    w.print(f"chr({w.choose(97, 955, 0x1F600, 0x20AC)})", f"{value}[::-1]", f"repr({value})")


@section
def literals(w):
    w.print(
        r'"tab\tquote\"back\\slash"', r"'it\'s'", r'r"raw\n"', r'"\x41\u00e9\U0001F600\101"',
        f'"""{w.choose("one", "two")}\nlines"""', f"[{text(w)}, 'don\\'t', \"\\n\\x00\\x7f\"]",
    )  # fmt: skip


@section
def format_templates(w):
    name, value = w.assign(text(w)), w.assign(integer(w))
    table = w.assign(f'{{"k": {floating(w)}, "list": {ints(w)} + [7]}}')
    w.print(f'"{{0}}-{{1:>{w.number(1, 30)}}}-{{0!r}}".format({name}, {value})')
    w.print(f'"{{n}}{{{{}}}}{{t[k]:.3g}}{{t[list][0]}}".format(n={name}, t={table})')
    w.print(f'f"{{{value}=}} {{{value}:{{6 + {w.number(0, 20)}}}}} {{{name}!s:*^{w.number(0, 12)}}}"')


# Containers.


@section
def lists(w):
    name = w.assign(ints(w), "xs")
    for _ in range(4):
        w.line(
            w.choose(
                f"{name}.append({integer(w, 1)})", f"{name}.extend({ints(w)})", f"{name}.reverse()",
                f"{name}.insert({w.number(-5, 5)}, {integer(w, 0)})", f"{name}.sort()",
                f"{name} += {ints(w)}", f"{name} *= {w.number(0, 2)}", f"{name} = {name}.copy()",
                f"{name}.sort(key=lambda n: n % 7, reverse=True)", f"del {name}[{w.number(0, 3)}:]",
                f"if {name}: {name}[{w.choose(0, -1)}] = {w.number(0, 9)}", f"if {name}: {name}.pop()",
                f"if {name}: del {name}[0]", f"if 1 in {name}: {name}.remove(1)",
            )  # fmt: skip
        )
    w.print(name, f"len({name})", f"{name}.count(1)", f"{name}[-1:]")


@section
def tuples(w):
    first, second = w.assign(f"({integer(w)}, {text(w, 1)})"), w.assign(f"({floating(w)},)")
    w.print(f"{first} + {second}", f"{first}[0]", f"{second} * 2", "()", f"{first} < ({integer(w)},)")
    w.print(f"tuple({ints(w)})", f"({integer(w, 0)}, {text(w, 0)}) == {first}", f"hash({first}) == hash({first})")


@section
def dictionaries(w):
    name = w.assign("{" + ", ".join(w.several(lambda: f"{scalar(w)}: {integer(w, 1)}")) + "}", "d")
    for _ in range(4):
        key = scalar(w)
        w.line(
            w.choose(
                f"{name}[{key}] = {integer(w, 1)}", f"{name}.setdefault({key}, [])",
                f"{name}.update({{{key}: {text(w, 0)}}})", f"{name}.update([({key}, None)], k=1)",
                f"if {key} in {name}: del {name}[{key}]", f"{name} |= {{{key}: {floating(w, 1)}}}",
                f"{name} = {name} | {{{key}: 0}}", f"print({name}.pop({key}, -1))",
            )  # fmt: skip
        )
    w.print(name, f"{name}.get({scalar(w)}, 0)", f"{name}.keys()", f"{name}.items()", f"list({name})")
    w.print(f"{name} == {{**{name}}}", f"len({name})", f"{name}.values()", f"dict({name}, z=0)")


@section
def sets(w):
    first, second = w.assign(f"set({ints(w)})", "s"), w.assign(f"set({ints(w)})", "s")
    third = w.assign(f"{first} {w.choose('|', '&', '-', '^')} {second}", "s")
    w.line(f"{third} {w.choose('|=', '&=', '-=', '^=')} set({ints(w)})")
    w.line(f"{third}.{w.choose('add', 'discard')}({integer_literal(w)})")
    name = w.choose("union", "intersection", "difference", "symmetric_difference")
    w.print(f"sorted({third})", f"sorted({first}.{name}({second}))", f"{first} == {second}")
    w.print(f"{first} {w.choose('<=', '<', '>=', '>')} {third}", f"{first}.isdisjoint({second})")


@section
def nesting(w):
    name = w.assign(f"[{ints(w)}, ({text(w, 0)}, {{{scalar(w)}: {ints(w)}}}), [[], {{}}], None]")
    w.line(f"{name}[0].append({name}[1][0])")
    w.line(f"{name}[2][1][{scalar(w)}] = [{boolean(w)}]")
    w.print(name, f"{name}[1][1]", f"{name} == {name}[:]")


@section
def unpacking(w):
    a, b, c = w.fresh(), w.fresh(), w.fresh()
    w.line(f"{a}, {b} = {integer(w)}, {text(w, 1)}")
    w.line(f"{a}, ({b}, {c}) = {b}, [{a}, {floating(w)}]")
    w.line(f"{b}, {a} = {a}, {b}")
    w.print(a, b, c)
    w.line(f"{a}, *{b} = {ints(w)} + [1]")
    w.line(f"*{c}, {a} = ({a}, {anything(w)}, {b})")
    w.print(a, b, c)


@section
def sorting(w):
    w.print(f"sorted({ints(w)})", f"sorted({texts(w)}, reverse=True)", f"max({ints(w)} + [0])")
    w.print(f"sorted({texts(w)}, key=len)", f"min({ints(w)} + [5], key=lambda n: (n % 3, n))")
    w.print(f"sorted([({integer(w, 0)}, {text(w, 0)}), ({integer(w, 0)}, \"\"), (1, \"z\")])")


@section
def sequence_builtins(w):
    w.print(f"zip({ints(w)}, {texts(w)})", f"enumerate({texts(w)}, {w.number(-2, 2)})")
    w.print(f"reversed({ints(w)})", f"map(str, {ints(w)})", f"filter(lambda n: n > 0, {ints(w)})")
    w.print(f"sum([{floating(w)}, {floating(w)}])", f"any({texts(w)})", f"range(1, 9, 2)[{slicing_start(w)}]")


def slicing_start(w):
    return w.choose("0", "-1", "1:3", "::-1")


@section
def dict_comprehensions(w):
    w.print(f"{{n: n * n for n in {ints(w)}}}", f"{{k: len(k) for k in {texts(w)} if k}}")


@section
def nested_comprehensions(w):
    w.print(f"[(i, j) for i in range({w.number(0, 4)}) for j in range(i) if (i + j) % 2]")
    w.print(f"[[j * {w.number(1, 9)} for j in range(i)] for i in range({w.number(1, 4)})]")
    w.print(f"sum(n for n in {ints(w)})", f"[a + b for a, b in [({integer(w, 1)}, {integer(w, 1)})]]")


# Control flow.


@section
def branches(w):
    first, second = boolean(w), boolean(w)
    with w.block(f"if {first}:"):
        w.print('"if"', anything(w))
    with w.block(f"elif {second}:"):
        w.print('"elif"', anything(w))
    with w.block("else:"):
        w.print('"else"', anything(w))


@section
def for_loops(w):
    total = w.assign(integer(w, 0))
    with w.block(f"for n in {w.choose(ints(w), f'range({w.number(0, 30)})')}:"):
        with w.block(f"if n % {w.number(2, 7)} == {w.number(0, 2)}:"):
            w.line(w.choose("continue", "break", "pass"))
        w.line(f"{total} = {total} * {w.number(-3, 3)} + n")
    w.print(total)


@section
def while_loops(w):
    count, seen = w.assign("0", "count"), w.assign("[]", "seen")
    with w.block("while True:"):
        w.line(f"{count} += {w.number(1, 3)}")
        with w.block(f"if {count} > {w.number(3, 25)}:"):
            w.line("break")
        with w.block(f"if {count} % {w.number(2, 5)} == 0:"):
            w.line("continue")
        w.line(f"{seen}.append({count})")
    w.print(count, seen)


@section
def nested_loops(w):
    with w.block(f"for i in range({w.number(1, 5)}):"):
        with w.block(f"for j in range(i, {w.number(1, 6)}):"):
            with w.block(f"if i * j == {w.number(0, 9)}:"):
                w.line("break")
            w.line('print(i, j, end=" ")')
        w.line(f'print(i, sep="", end={text(w, 0)})')
    w.line("print()")


@section
def augmented_assignments(w):
    number, real, word = w.assign(integer(w)), w.assign(floating(w)), w.assign(text(w))
    w.line(f"{number} {w.choose('+=', '-=', '*=', '&=', '|=', '^=')} {integer(w)}")
    w.line(f"{number} {w.choose('//=', '%=')} {w.choose(7, -3, 1 << 65)}")
    w.line(f"{number} {w.choose('<<=', '>>=')} {w.number(0, 70)}")
    w.line(f"{real} {w.choose('+=', '-=', '*=')} {floating(w)}")
    w.line(f"{word} += {text(w)}")
    w.print(number, real, word)


@section
def assertions(w):
    w.line(f"assert {integer(w)} == {integer(w, 0)} or True, {text(w)}")
    w.line(f"assert {boolean(w)} in (True, False)")
    w.print(anything(w))
