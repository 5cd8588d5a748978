"""No text ends the process, whichever way it comes in: each has a value or an error with a place."""

import json

import pytest
from conftest import clean_environment
from fuzz.trial import PATIENCE, ending
from hostile_texts import EVERYTHING, TEXTS

# What the system takes as one argument of a process.
LONGEST_ARGUMENT = 128 * 1024


@pytest.fixture
def end(linnet, tmp_path):
    """Runs the binary with arguments; what is wrong with how it ended."""

    def ends(*arguments, stdin=b""):
        environment = clean_environment(tmp_path)
        return ending([linnet, *arguments], tmp_path, environment, stdin)

    return ends


@pytest.mark.parametrize("name", EVERYTHING)
def test_a_file_and_a_pipe(name, end, tmp_path):
    data, error = EVERYTHING[name]
    (tmp_path / "input.star").write_bytes(data)
    assert end("run", "input.star") == (error, None)
    assert end(stdin=data) == (error, None)


def is_argument(text):
    """Three dashes at the start are a broken option, whatever stands before them."""
    return len(text.encode()) < LONGEST_ARGUMENT and not text.startswith("---")


@pytest.mark.parametrize("name", [name for name, (text, _) in TEXTS.items() if is_argument(text)])
def test_an_argument(name, end):
    text, error = TEXTS[name]
    assert end("-c", text) == (error, None)


def test_cells_of_a_notebook(run, tmp_path):
    """One process runs them all, and the cell after the last one too."""
    sources = [text for text, _ in TEXTS.values()] + ["6 * 7"]
    cells = [
        {"cell_type": "code", "id": f"c{number}", "source": source, "metadata": {}, "outputs": [],
         "execution_count": None}
        for number, source in enumerate(sources)
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "hostile.ipynb").write_text(json.dumps(notebook))
    done = run("run", "hostile.ipynb", "--output", "out.ipynb", "--allow-errors", timeout=200)
    assert done.returncode == 0, done.stderr[-1000:]
    *outputs, last = [c["outputs"] for c in json.loads((tmp_path / "out.ipynb").read_text())["cells"]]
    errors = {name: next((o["ename"] for o in shown if o["output_type"] == "error"), None)
              for name, shown in zip(TEXTS, outputs, strict=True)}
    assert errors == {name: error for name, (_, error) in TEXTS.items()}
    assert last[0]["data"]["text/plain"] == ["42"]


def test_cells_of_a_kernel(kernel):
    """One session takes them all and lives."""
    for name, (text, error) in TEXTS.items():
        parent = kernel.client.execute(text)
        reply = kernel.reply(parent, timeout=PATIENCE)["content"]
        assert reply.get("ename") == error, name
        kernel.messages(parent)
    assert kernel.result("6 * 7") == ["42"]
