"""The notebooks give the same outputs headlessly, through the kernel, and as they are stored."""

import json
import os
import subprocess

import nbclient
import nbformat
import pytest

from conftest import ROOT

NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(autouse=True)
def same_numbers_everywhere(monkeypatch):
    """The level of the kernels that gives equal bits on every machine."""
    monkeypatch.setenv("LINNET_SIMD", "baseline")


@pytest.fixture(scope="module")
def headless(linnet, tmp_path_factory):
    """Runs each notebook with `linnet run`, once; gives the path of an executed one when it is done.

    All run from the start on, beside the tests that put them through the kernel: a notebook trains on
    one processor, and the other would be idle.
    """
    started = {}
    for name in NOTEBOOKS:
        output = tmp_path_factory.mktemp("headless") / name
        command = [linnet, "run", ROOT / "notebooks" / name, "--output", output, "--figures", output.parent]
        started[name] = output, subprocess.Popen(
            command, stdout=subprocess.DEVNULL, env=os.environ | {"LINNET_SIMD": "baseline"})

    def executed(name):
        output, process = started[name]
        assert process.wait(600) == 0, name
        return output

    yield executed
    for _, process in started.values():
        if process.poll() is None:
            process.kill()
            process.wait()


def outputs(notebook):
    """What the cells show: adjacent pieces of one stream joined, without metadata and counts."""
    cells = []
    for cell in notebook.cells:
        shown = []
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                if shown and shown[-1][:2] == ("stream", output.name):
                    shown[-1] = ("stream", output.name, shown[-1][2] + output.text)
                else:
                    shown.append(("stream", output.name, output.text))
            elif output.output_type == "error":
                shown.append(("error", output.ename, output.evalue))
            else:
                shown.append((output.output_type, dict(output.data)))
        cells.append(shown)
    return cells


def first_difference(left, right):
    """The first cell in which two lists of outputs differ, with both outputs; None when equal."""
    assert len(left) == len(right)
    for index, (one, other) in enumerate(zip(left, right)):
        if one != other:
            return index, one, other
    return None


def test_there_are_notebooks():
    assert {"autoencoder.ipynb", "burst_detector.ipynb"} <= set(NOTEBOOKS)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_kernel_and_the_runner_agree(headless, kernelspec, name, tmp_path):
    notebook = nbformat.read(ROOT / "notebooks" / name, as_version=4)
    client = nbclient.NotebookClient(
        notebook,
        kernel_name=kernelspec,
        timeout=600,
        resources={"metadata": {"path": str(tmp_path)}},
    )
    through_kernel = outputs(client.execute())
    executed = outputs(nbformat.read(headless(name), as_version=4))
    assert first_difference(executed, through_kernel) is None


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_gives_its_stored_outputs(headless, name):
    stored = outputs(nbformat.read(ROOT / "notebooks" / name, as_version=4))
    assert any(stored), "the notebook is stored without outputs"
    executed = outputs(nbformat.read(headless(name), as_version=4))
    assert first_difference(stored, executed) is None


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_an_executed_notebook_is_laid_out_as_nbformat_does(headless, name):
    text = headless(name).read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert nbformat.writes(notebook).rstrip("\n") + "\n" == text


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_figure_is_a_file(headless, name):
    data = json.loads(headless(name).read_text(encoding="utf-8"))
    figures = sum(
        "image/svg+xml" in output.get("data", {})
        for cell in data["cells"]
        for output in cell.get("outputs", [])
    )
    files = list(headless(name).parent.glob("*.svg"))
    assert 0 < figures <= len(files)
