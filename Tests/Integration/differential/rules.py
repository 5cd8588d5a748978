"""The differences between CPython and Linnet that the language's design lists.

Each is one named rule. A rule of text changes what both engines printed, a rule of source changes
one line of the program's head for one engine, a rule of names replaces a builtin of CPython.
"""

import builtins
import re


def quotes(text):
    """Representations of strings have double quotes in Linnet: all quotes become single ones."""
    return re.sub(r"\\?[\"']", "'", text)


def views(text):
    """`keys`, `values` and `items` give lists in Linnet: CPython's names of views are left out."""
    start = re.search(r"dict_(?:keys|values|items)\(", text)
    if start is None:
        return text
    depth, end = 1, start.end()
    while depth:
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
    return views(text[: start.start()] + text[start.end() : end - 1] + text[end:])


TEXT_RULES = (quotes, views)

# Strings are not iterable in Linnet: the function that gives their characters differs.
LETTERS = {
    "cpython": "def letters(text): return list(text)",
    "linnet": "def letters(text): return text.elems()",
}


def lists():
    """Builtins that give iterators in CPython and lists in Linnet."""
    names = ("zip", "enumerate", "reversed", "map", "filter")
    return {name: _listing(getattr(builtins, name)) for name in names}


def _listing(make):
    return lambda *arguments, **named: list(make(*arguments, **named))


def normal(text):
    """Printed text after all rules of text."""
    for rule in TEXT_RULES:
        text = rule(text)
    return text
