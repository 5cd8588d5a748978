"""Generated programs that CPython and Linnet must agree on.

`expressions` and `sections` write the programs, `faults` plans how some of them end, `engines` runs
them and `rules` names the differences that the language's design allows.
"""
