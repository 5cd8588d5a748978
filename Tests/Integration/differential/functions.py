"""Pieces of programs about functions: every kind of parameter and call."""

from .expressions import anything, integer, ints, text
from .sections import section


@section
def plain_functions(w):
    name = w.fresh("f")
    with w.block(f"def {name}(a, b):"):
        with w.block(f"if a == {w.number(0, 3)}:"):
            w.line("return b, a")
        w.line(w.choose("return [a, b]", "return", "a = b", "return a or b"))
    w.print(f"{name}({w.number(0, 3)}, {anything(w)})", f"{name}(b={integer(w)}, a={text(w)})")


@section
def default_parameters(w):
    name = w.fresh("f")
    with w.block(f"def {name}(a, b={integer(w)}, c={ints(w)}):"):
        w.line("c = c + [a]")
        w.line("return (a, b, c)")
    w.print(f"{name}(1)", f"{name}({anything(w)}, c=[])", f"{name}(1, 2, [3])", f"{name}(b=1, a=2)")


@section
def variadic_parameters(w):
    name = w.fresh("f")
    with w.block(f"def {name}(a, *rest, **named):"):
        w.line("return (a, rest, named, len(rest))")
    w.print(f"{name}(1)", f"{name}(1, {integer(w)}, x={text(w)})", f"{name}(*({ints(w)} + [0]))")
    w.print(f"{name}(*[1, 2], 3, *({text(w)},), **{{\"k\": {integer(w)}}}, z=1)")


@section
def keyword_only_parameters(w):
    name = w.fresh("f")
    bare = w.choose("*", "*rest")
    with w.block(f"def {name}(a, {bare}, b, c={integer(w)}):"):
        w.line("return (a, b, c)" if bare == "*" else "return (a, rest, b, c)")
    w.print(f"{name}(1, b={anything(w)})", f"{name}(c=1, b=2, a={integer(w)})")


@section
def positional_only_parameters(w):
    name = w.fresh("f")
    with w.block(f"def {name}(a, b=2, /, c=3, **named):"):
        w.line("return (a, b, c, named)")
    w.print(f"{name}({anything(w)})", f"{name}(1, {integer(w)}, c=4)", f"{name}(1, a={text(w)})")


@section
def lambdas(w):
    name = w.assign(f"lambda a, b={w.number(0, 9)}, *c: (a, b, c)", "f")
    w.print(f"{name}({integer(w)})", f"{name}(1, *{ints(w)})", f"(lambda: {anything(w)})()")
    w.print(f"[f(2) for f in [lambda x: x * {w.number(0, 9)}, str, lambda x: [x]]]")


@section
def closures(w):
    name, inner = w.fresh("make"), w.fresh("f")
    with w.block(f"def {name}(start):"):
        w.line("seen = [start]")
        with w.block("def step(by=1):"):
            w.line("seen.append(seen[-1] + by)")
            w.line("return len(seen) + start")
        w.line("return step, lambda: seen")
    w.line(f"{inner}, seen = {name}({integer(w, 1)})")
    w.print(f"{inner}()", f"{inner}({integer(w, 1)})", "seen()")


@section
def recursion(w):
    name = w.fresh("f")
    with w.block(f"def {name}(n):"):
        with w.block("if n < 2:"):
            w.line(f"return {w.number(0, 3)}")
        w.line(f"return {name}(n - 1) {w.choose('+', '*', '-')} {w.choose(f'{name}(n - 2)', 'n')}")
    w.print(f"{name}({w.number(0, 12)})", f"[{name}(i) for i in range(5)]")


@section
def higher_order_functions(w):
    name = w.fresh("f")
    with w.block(f"def {name}(f, *arguments):"):
        w.line("return f(*arguments)")
    w.print(f"{name}(max, {integer(w)}, {integer(w)})", f"{name}({text(w)}.upper)", f"{name}(len, {ints(w)})")
    w.print(f"map(lambda n: n * 2, {ints(w)})", f"sorted({ints(w)}, key=lambda n: -n)")


@section
def globals_and_locals(w):
    name, value = w.fresh("f"), w.assign(integer(w))
    with w.block(f"def {name}():"):
        w.line(f"later = {value} + later_{name}")
        w.line("return later")
    w.line(f"later_{name} = {integer(w)}")
    w.line(f"{value} = {w.number(0, 9)}")
    w.print(f"{name}()", value)
