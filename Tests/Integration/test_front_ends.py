"""Jupyter's own programs run notebooks with the installed kernel."""
import base64
import os
import subprocess
import sys

import nbformat
import pexpect
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

METADATA = {
    "kernelspec": {"name": "linnet", "display_name": "Linnet", "language": "starlark"},
    "language_info": {"name": "starlark", "file_extension": ".star", "nbconvert_exporter": "script"},
}


def notebook(*cells):
    """A notebook whose cells have these sources; Markdown where one starts with #."""
    made = nbformat.v4.new_notebook(metadata=METADATA)
    for source in cells:
        make = nbformat.v4.new_markdown_cell if source.startswith("#") else nbformat.v4.new_code_cell
        made.cells.append(make(source))
    return made


@pytest.fixture
def example(tmp_path):
    """A notebook with text, a figure, a table and a value, on disk."""
    path = tmp_path / "example.ipynb"
    made = notebook(
        "# A title", "scale = 2", "print('hel' + 'lo')", "plot([1, 3, 2])\ntitle('A figure')",
        "display('shown', display_id='d')\nupdate_display('updated', display_id='d')",
        "scale * 21")
    made.cells[1].metadata["tags"] = ["parameters"]
    made.cells[0].metadata["slideshow"] = {"slide_type": "slide"}
    nbformat.write(made, path)
    return path


@pytest.fixture
def jupyter(environment, tmp_path):
    """Runs one of Jupyter's programs in the folder of the test."""

    def run(*arguments, timeout=90):
        environ = environment | {"IPYTHONDIR": str(tmp_path / "ipython"), "JUPYTER_PLATFORM_DIRS": "1"}
        done = subprocess.run(
            [sys.executable, "-m", *map(str, arguments)], cwd=tmp_path, env=environ,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout)
        assert done.returncode == 0, done.stderr
        return done

    return run


def texts(path):
    """What the cells of a notebook have printed and given."""
    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            found.append(output.get("text") or output["data"]["text/plain"])
    return found


def shown(path, kind):
    """The elements of a page in which outputs of a format stand; the sources stand elsewhere."""
    page = BeautifulSoup(path.read_text(), "html.parser")
    return page.select(f".jp-OutputArea-output[data-mime-type='{kind}']")


def test_nbclient(environment, monkeypatch, example):
    monkeypatch.setenv("HOME", environment["HOME"])
    read = nbformat.read(example, as_version=4)
    NotebookClient(read, timeout=30).execute()
    assert [cell.get("execution_count") for cell in read.cells] == [None, 1, 2, 3, 4, 5]
    assert read.cells[5].outputs[0].data["text/plain"] == "42"
    assert read.cells[4].outputs[0].data["text/plain"] == '"updated"'
    assert set(read.cells[3].outputs[0].data) == {"image/svg+xml", "text/plain"}
    assert read.metadata.language_info.name == "starlark"


def test_nbclient_stops_at_an_error(environment, monkeypatch):
    monkeypatch.setenv("HOME", environment["HOME"])
    made = notebook("1 / 0", "print('never')")
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        NotebookClient(made, timeout=30).execute()
    assert made.cells[0].outputs[0].output_type == "error"
    assert made.cells[1].outputs == []


def test_nbconvert_html(jupyter, example):
    jupyter("jupyter", "nbconvert", "--execute", "--to", "html", example)
    html = example.with_suffix(".html")
    assert [output.get_text().strip() for output in shown(html, "text/plain")] == [
        "hello", '"updated"', "42"]
    # A figure stands in the page as an image or as itself.
    [figure] = shown(html, "image/svg+xml")
    image = figure.find("img")
    drawn = base64.b64decode(image["src"].split(",")[1]).decode() if image else str(figure)
    assert "<svg" in drawn
    # The source is coloured as Python is: the number and the text have marks of their own.
    page = html.read_text()
    assert '<span class="mi">' in page and '<span class="s1">' in page


def test_nbconvert_slides(jupyter, example):
    jupyter("jupyter", "nbconvert", "--execute", "--to", "slides", example)
    slides = example.with_suffix(".slides.html")
    page = slides.read_text()
    assert "Reveal.initialize" in page and "<section" in page
    assert shown(slides, "text/plain")[0].get_text() == "\nhello\n\n"


def test_nbconvert_script(jupyter, example):
    jupyter("jupyter", "nbconvert", "--to", "script", example)
    assert "scale * 21" in example.with_suffix(".star").read_text()


def test_jupyter_execute(jupyter, example):
    jupyter("jupyter", "execute", "--inplace", example)
    assert texts(example)[0] == "hello\n" and texts(example)[-1] == "42"


@pytest.mark.parametrize("arguments, result", [
    ([], "42"), (["-p", "scale", "3", "-l", "python"], "63"), (["-r", "scale", "'a'", "-l", "python"], None),
])
def test_papermill(jupyter, example, arguments, result):
    output = example.with_name("run.ipynb")
    jupyter("papermill", example, output, "--no-progress-bar", *arguments)
    made = nbformat.read(output, as_version=4)
    injected = [cell for cell in made.cells if "injected-parameters" in cell.metadata.get("tags", [])]
    assert len(injected) == (1 if arguments else 0)
    if result:
        assert texts(output)[-1] == result


def test_jupyter_console(environment, tmp_path):
    """The terminal front end: prompts, results, errors, questions and the end."""
    environ = environment | {"PATH": os.environ["PATH"], "IPYTHONDIR": str(tmp_path)}
    console = pexpect.spawn(
        sys.executable, ["-m", "jupyter", "console", "--kernel", "linnet", "--simple-prompt"],
        env=environ, cwd=tmp_path, encoding="utf-8", timeout=30, dimensions=(40, 120))
    try:
        console.expect(r"Linnet 0\.\d")
        console.expect(r"In \[1\]:")
        console.sendline("6 * 7")
        console.expect(r"Out\[1\]: 42")
        console.expect(r"In \[2\]:")
        console.sendline("1 / 0")
        console.expect("ZeroDivisionError")
        console.expect(r"In \[3\]:")
        console.sendline("print('hello', input('Who? '))")
        console.expect(r"Who\? ")
        console.sendline("Ada")
        console.expect("hello Ada")
        console.expect(r"In \[4\]:")
        console.sendeof()
        console.expect("really want to exit")
        console.sendline("y")
        console.expect(pexpect.EOF)
    finally:
        console.close(force=True)
