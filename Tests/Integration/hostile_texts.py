"""Texts that are too long, too deep or no text at all, with the name of the error that each ends in."""

DEEP = 50_000
WIDE = 100_000


def nested(left, right="", core="1", count=DEEP):
    return left * count + core + right * count + "\n"


def blocks(head, count=2_000):
    """Blocks in blocks, each a column further to the right."""
    return "".join(" " * depth + head + "\n" for depth in range(count)) + " " * count + "pass\n"


def names(count=WIDE):
    return ",".join(f"a{number}" for number in range(count))


# What a file cannot be, or can though it looks odd.
BYTES = {
    "bad UTF-8": (b'x = 1\nprint("\xff")\n', "error"),
    "UTF-8 cut off": (b'print("\xe2\x82")\n', "error"),
    "UTF-8 of a surrogate": (b'print("\xed\xa0\x80")\n', "error"),
    "UTF-16": ("print(1)\n".encode("utf-16"), "error"),
    "NUL": (b"x = 1\nprint(1)\0\n", "SyntaxError"),
    "NUL in a string": (b'print("a\0b")\n', "SyntaxError"),
    "CRLF": (b"if True:\r\n  x = 1\r\n\r\nx / 0\r\n", "ZeroDivisionError"),
    "lone CR": (b"x = 1\rx\rx / 0\r", "ZeroDivisionError"),
    "BOM": (b"\xef\xbb\xbfx = 1\n", None),
    "BOM in the middle": (b"x = 1\n\xef\xbb\xbfy = 2\n", "SyntaxError"),
}

# A megabyte in one line.
LINES = {
    "string": ("x = '" + "é" * 500_000 + "'\nlen(x) / 0", "ZeroDivisionError"),
    "string of many": ("x = 1\n" * 1_000 + "f(" + '"a" ' * 250_000 + ")", "SyntaxError"),
    "spaces": (" " * 1_000_000 + "x", "IndentationError"),
    "commands in a string": ("x = '''\n" + "%a\n" * 300_000 + "'''\n1 / 0", "ZeroDivisionError"),
    "comment": ("#" + "c" * 1_000_000 + "\n1 / 0", "ZeroDivisionError"),
    "name": ("a" * 1_000_000, "NameError"),
    "digits": ("9" * 1_000_000, "SyntaxError"),
    "digits in a text": ("int('" + "9" * 1_000_000 + "')", "ValueError"),
    "list": ("x = [" + "1," * 500_000 + "]\nlen(x) / 0", "ZeroDivisionError"),
    "comparison": ("x = " + "1<" * 500_000 + "1", None),
    "arguments": ("len(" + "1," * WIDE + ")", "TypeError"),
    "most arguments": ("max(" + "1," * WIDE + "0)", None),
    "named arguments": (
        "len(dict(" + ",".join(f"a{n}=1" for n in range(WIDE)) + ")) / 0", "ZeroDivisionError"),
    "parameters": (f"def f({names()}): pass\nf()", "TypeError"),
    "targets": (f"{names()} = [1]", "ValueError"),
    "statements": ("x=1;" * DEEP + "1/0", "ZeroDivisionError"),
    "fields": ("x = f'" + "{1}" * DEEP + "'\nlen(x) / 0", "ZeroDivisionError"),
    "conversions": ("'" + "%d" * DEEP + "' % 1", "TypeError"),
    "sum": ("1" + "+1" * 200_000, "SyntaxError"),
    "sum of texts": ('"a"' + '+"a"' * DEEP, "SyntaxError"),
    "powers": ("2" + "**1" * DEEP, "SyntaxError"),
    "choices": ("1" + " or 1" * DEEP, "SyntaxError"),
    "attributes": ("x = 1\nx" + ".y" * DEEP, "SyntaxError"),
    "indexes": ("x = 1\nx" + "[0]" * DEEP, "SyntaxError"),
    "calls": ("f" + "()" * DEEP, "SyntaxError"),
    "assignments": ("x = " * DEEP + "1", "SyntaxError"),
    "modules": ("import a" + ".a" * DEEP, "ImportError"),
    "for clauses": ("[1" + " for x in [1]" * DEEP + "]", None),
    "slices": ("x = []\nx[" + "1:2:3," * DEEP + "]", "TypeError"),
    "continued lines": ("\\\n" * DEEP + "1 / 0", "ZeroDivisionError"),
}

# 50 000 deep.
NESTED = {
    "parentheses": (nested("(", ")"), "SyntaxError"),
    "open parentheses": (nested("("), "SyntaxError"),
    "brackets": (nested("[", "]"), "SyntaxError"),
    "open brackets": (nested("["), "SyntaxError"),
    "braces": (nested("{1:", "}"), "SyntaxError"),
    "open braces": (nested("{"), "SyntaxError"),
    "brackets of all kinds": (nested("([{1:(", ")}])", count=DEEP // 4), "SyntaxError"),
    "unary minus": (nested("-"), "SyntaxError"),
    "unary plus": (nested("+"), "SyntaxError"),
    "tilde": (nested("~"), "SyntaxError"),
    "not": (nested("not "), "SyntaxError"),
    "lambda": (nested("lambda: "), "SyntaxError"),
    "called lambda": (nested("(lambda: ", ")()"), "SyntaxError"),
    "choice": (nested("1 if 0 else "), "SyntaxError"),
    "choice in its condition": (nested("1 if ", " else 1"), "SyntaxError"),
    "choice in its value": (nested("(", " if 0 else 1)"), "SyntaxError"),
    "f-string": (nested("f'{", "}'"), "SyntaxError"),
    "f-strings in two quotes": (nested("f\"{f'{", "}'}\"", count=DEEP // 2), "SyntaxError"),
    "format specification": ("f'" + nested("{1:", "}"), "SyntaxError"),
    "calls": (nested("f(", ")"), "SyntaxError"),
    "indexes": (nested("a[", "]"), "SyntaxError"),
    "comprehensions": (nested("[x for x in ", "]", "[1]"), "SyntaxError"),
    "loops over pairs": (
        "def f(): return " + nested("[0 for a, b in zip(", ", [], [])]", "[]", 40) + "len(f()) / 0",
        "ZeroDivisionError"),
    "targets": ("(" * DEEP + "a" + ",)" * DEEP + " = 1", "SyntaxError"),
    "deleted targets": ("del " + nested("(", ")", "a"), "SyntaxError"),
    "annotation": ("x: " + "list[" * DEEP + "int" + "]" * DEEP + " = 1", "SyntaxError"),
    "starred arguments": ("f(" + "*" * DEEP, "SyntaxError"),
    "if": (blocks("if 1:"), "IndentationError"),
    "for": (blocks("for x in [1]:"), "IndentationError"),
    "def": (blocks("def f():"), "IndentationError"),
    "elif": ("x = 1\nif x == 0: pass\n" + "elif x == 0: pass\n" * DEEP, "SyntaxError"),
    "JSON": ("import json\njson.decode('" + "[" * DEEP + "')", "ValueError"),
    "function calls": ("def f(n): return f(n + 1)\nf(0)", "RecursionError"),
}

TEXTS = {**{f"line of {name}": case for name, case in LINES.items()},
         **{f"nested {name}": case for name, case in NESTED.items()}}
EVERYTHING = {**BYTES, **{name: (text.encode(), error) for name, (text, error) in TEXTS.items()}}
