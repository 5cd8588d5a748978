"""A slice of the hostile inputs; `script/fuzz` runs many more."""

import pytest
from conftest import clean_environment
from fuzz.inputs import KINDS, inputs
from fuzz.trial import verdict

EACH = 16
CASES = list(inputs(EACH * len(KINDS), seed="slice"))


@pytest.mark.parametrize("kind", KINDS)
def test_no_input_ends_the_process(kind, linnet, tmp_path):
    environment = clean_environment(tmp_path)
    for number, (name, data) in enumerate(CASES):
        if name == kind:
            problem = verdict(linnet, data, tmp_path, environment)
            assert problem is None, f"input {number}, {data[:200]!r}: {problem}"
