"""Scripts, notebooks and the other commands of the real binary."""

import json
import os
import signal
import subprocess
import time

import nbformat
import pytest
from conftest import clean_environment
from nbclient import NotebookClient


def notebook(*sources, tags=None):
    cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    for number, names in (tags or {}).items():
        cells[number].metadata["tags"] = names
    metadata = {"kernelspec": {"name": "linnet", "display_name": "Linnet", "language": "starlark"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


@pytest.mark.parametrize(
    "arguments, stdin, expected",
    [
        (["-c", "1 + 1"], "", "2\n"),
        (["-c", "1 + 1;"], "", ""),
        ([], "x = 3\nx * 2\n", "6\n"),
        ([], "print(input())", None),
        (["--version"], "", "0.1.0\n"),
    ],
)
def test_code_and_pipes_run_as_a_cell(run, arguments, stdin, expected):
    done = run(*arguments, stdin=stdin)
    if expected is None:
        assert done.returncode == 1 and "EOFError" in done.stderr
    else:
        assert (done.stdout, done.stderr, done.returncode) == (expected, "", 0)


@pytest.mark.parametrize(
    "code, name, place",
    [
        ("LSTM(3)(zeros((2, 3)))", "ShapeError", "<command>:1:1"),
        ("x = 1\nprnt(x)", "NameError", "<command>:2:1"),
        ("x = (1,\n2", "SyntaxError", "<command>:1:5"),
        ("zeros((1000000, 1000000))", "MemoryError", "<command>:1:1"),
    ],
)
def test_errors_name_their_place(run, code, name, place):
    done = run("-c", code)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith(name) and place in done.stderr


def test_deep_nesting_is_an_error(run, tmp_path):
    (tmp_path / "deep.star").write_text("[" * 100_000 + "]" * 100_000)
    done = run("run", "deep.star")
    assert done.returncode == 1
    assert "too deeply nested" in done.stderr and "deep.star:1:" in done.stderr


@pytest.mark.parametrize("arguments", [["run"], ["--bad"], ["run", "x.star", "-p", "n", "1"]])
def test_wrong_usage_is_status_2(run, arguments):
    assert run(*arguments).returncode == 2


def test_a_script_shows_what_it_prints_and_its_figures(run, tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "tools.star").write_text("def twice(x):\n    return 2 * x\n")
    (tmp_path / "lib" / "main.star").write_text(
        'load("tools.star", "twice")\nimport sys\ntwice(4)\nprint(twice(3), sys.argv[1:])\n'
        "plot([1, 3, 2])\n"
    )
    done = run("run", "--figures", "out", "lib/main.star", "--", "-a", "b")
    assert done.returncode == 0, done.stderr
    assert done.stdout == '6 ["-a", "b"]\n'
    assert done.stderr == "out/main-1.svg\n"
    assert (tmp_path / "out" / "main-1.svg").read_text().startswith("<svg")
    plain = run("run", "lib/main.star")
    assert plain.stdout.splitlines()[1].startswith("figure")


def test_unbound_names_are_told_before_the_run(run, tmp_path):
    (tmp_path / "a.star").write_text("print(1)\nif False:\n    missing()\n")
    done = run("run", "a.star")
    assert done.returncode == 0 and done.stdout == "1\n"
    assert "warning" in done.stderr and "'missing'" in done.stderr
    checked = run("check", "a.star")
    assert checked.returncode == 1 and "a.star:3:5" in checked.stderr


@pytest.mark.parametrize("name", ["a.star", "a.ipynb"])
def test_a_name_that_ends_the_run_is_told_once(run, tmp_path, name):
    (tmp_path / "a.star").write_text("x = 1\nmissing(x)\nother(x)\n")
    nbformat.write(notebook((tmp_path / "a.star").read_text()), tmp_path / "a.ipynb")
    done = run("run", name)
    assert done.returncode == 1
    assert done.stderr.count("'missing'") == 1 and done.stderr.count("'other'") == 1
    assert done.stderr.index("warning: name 'other'") < done.stderr.index("NameError: name 'missing'")


@pytest.mark.parametrize(
    "source, message",
    [
        ("x = (1,\n", "'(' was never closed"),
        ("def f():\n    return missing\n", "'missing'"),
        ('print(1, sepp="")\n', "print() got an unexpected keyword argument 'sepp'"),
        ("import pandas\n", "there is no module 'pandas'"),
        ("from keras.layers import Dropuot\n", "module 'keras.layers' has no name 'Dropuot'"),
        ("def f(): return math.sqr(2)\n", "did you mean 'sqrt'?"),
        ('plt.plot([1], lable="a")\n', "did you mean 'label'?"),
        ("def f():\n    return LSTM(4, return_sequence=True)\n", "did you mean 'return_sequences'?"),
        ("len(x=[])\n", "len() takes 'x' by position only"),
        ("def f(a): return a\nf(1, 2)\n", "f() takes at most 1 positional argument; received 2"),
    ],
)
def test_check_finds_what_is_wrong_without_running(run, tmp_path, source, message):
    (tmp_path / "good.star").write_text("def print(sepp): return sepp\nprint(sepp=1)\ndict(a=1)\n")
    (tmp_path / "bad.star").write_text(source)
    assert run("check", "good.star").returncode == 0
    done = run("check", "good.star", "bad.star")
    assert (done.returncode, done.stdout) == (1, "")
    assert message in done.stderr and "bad.star:" in done.stderr


def test_check_warns_of_what_only_seems_right(run, tmp_path):
    (tmp_path / "seems.star").write_text("def f(x): return type(x) == int\n")
    done = run("check", "seems.star")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("warning: ") and "help: write isinstance(x, int)\n" in done.stderr


def test_an_interrupt_is_status_130(linnet, tmp_path):
    (tmp_path / "loop.star").write_text("print('on')\nwhile True: pass\n")
    process = subprocess.Popen(
        [linnet, "run", "loop.star"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=tmp_path, env=clean_environment(tmp_path))
    assert process.stdout.readline() == "on\n"
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=10)
    assert process.returncode == 130 and "KeyboardInterrupt" in errors
    assert time.monotonic() - started < 1


def test_a_time_limit_ends_the_run(run, tmp_path):
    (tmp_path / "loop.star").write_text("while True: pass\n")
    done = run("run", "--timeout", "0.2", "loop.star")
    assert done.returncode == 1 and "TimeoutError" in done.stderr


def test_a_time_limit_has_a_place_before_the_first_statement_too(run, tmp_path):
    (tmp_path / "long.star").write_text("\n# words\n  \nx = [" + "[1, 2]," * 100_000 + "]\n")
    done = run("run", "--timeout", "0.001", "long.star")
    assert done.returncode == 1 and "TimeoutError" in done.stderr
    assert " --> long.star:4:1\n" in done.stderr


def test_the_number_of_threads_is_checked(run, tmp_path):
    (tmp_path / "one.star").write_text("print(1)\n")
    for value in ("x", "0", "-1"):
        done = run("run", "one.star", LINNET_THREADS=value)
        assert done.returncode == 2 and done.stdout == ""
        assert f"LINNET_THREADS: expected a number above 0; received '{value}'" in done.stderr
    for value in ("", "2"):
        assert run("run", "one.star", LINNET_THREADS=value).stdout == "1\n"


def test_a_notebook_runs_like_in_a_front_end(run, tmp_path, kernelspec):
    book = notebook(
        "print('a')\nprint('b', file=stderr)\nprint('c')",
        "x = [1, 2]\nx",
        "plot([1, 3, 2])",
        "1 / 0",
        "# nothing",
        "help(len)",
        tags={3: ["raises-exception"]},
    )
    nbformat.write(book, tmp_path / "in.ipynb")
    done = run("run", "in.ipynb", "--output", "out.ipynb", "--figures", "figures")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "figures").iterdir()] == ["in-3-1.svg"]
    mine = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    theirs = NotebookClient(book, kernel_name="linnet", resources={}).execute()
    assert stored(mine) == stored(theirs)
    assert mine.metadata.language_info == theirs.metadata.language_info


def stored(book):
    """What a notebook shows: adjacent streams merged, metadata of the execution dropped."""
    shown = []
    for cell in book.cells:
        outputs = []
        for output in cell.get("outputs", []):
            last = outputs[-1] if outputs else None
            same = last and output.output_type == "stream" and last.get("name") == output.name
            if same:
                last["text"] += output.text
            else:
                outputs.append(json.loads(json.dumps(output)))
        shown.append((cell.get("execution_count"), outputs))
    return shown


def test_parameters_are_set_behind_their_cell(run, tmp_path):
    book = notebook("n = 1\nname = 'x'", "print(n + 1, name)", tags={0: ["parameters"]})
    nbformat.write(book, tmp_path / "in.ipynb")
    done = run("run", "-p", "n", "41", "-p", "name", "a b", "in.ipynb", "--output", "out.ipynb")
    assert done.stdout == "42 a b\n", done.stderr
    cells = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells
    assert cells[1].source == '# Parameters\nn = 41\nname = "a b"'
    assert cells[1].metadata.tags == ["injected-parameters"]


def test_parameters_without_a_cell_for_them_are_set_at_the_top(run, tmp_path):
    nbformat.write(notebook("print(n)"), tmp_path / "in.ipynb")
    done = run("run", "-p", "n", "41", "in.ipynb", "--output", "out.ipynb")
    assert done.returncode == 0 and done.stdout == "41\n"
    assert "warning: -p: no cell is tagged 'parameters', so a new first cell sets them" in done.stderr
    cells = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells
    assert cells[0].metadata.tags == ["injected-parameters"]
    # Whoever runs that one again knows.
    assert "warning" not in run("run", "-p", "n", "42", "out.ipynb").stderr


def test_an_option_is_not_the_value_of_a_parameter(run, tmp_path):
    nbformat.write(notebook("n = 1", "print(n)", tags={0: ["parameters"]}), tmp_path / "in.ipynb")
    for option in (["--no-color"], ["-p", "n", "2"], []):
        done = run("run", "in.ipynb", "-p", "n", *option)
        assert done.returncode == 2 and done.stdout == ""
        assert "-p: expected a name and a value; received 'n'" in done.stderr
    for value in ("-3", "-x"):
        assert run("run", "in.ipynb", "-p", "n", value).stdout.strip() == value


def test_a_notebook_stops_at_the_first_error(run, tmp_path):
    nbformat.write(notebook("1", "missing", "3"), tmp_path / "in.ipynb")
    before = (tmp_path / "in.ipynb").read_bytes()
    done = run("run", "in.ipynb", "--in-place")
    assert done.returncode == 1 and "NameError" in done.stderr and done.stdout == "1\n"
    assert (tmp_path / "in.ipynb").read_bytes() == before
    done = run("run", "in.ipynb", "--in-place", "--allow-errors")
    assert done.returncode == 0 and done.stdout == "1\n3\n"
    kinds = [
        [output.output_type for output in cell.outputs]
        for cell in nbformat.read(tmp_path / "in.ipynb", as_version=4).cells
    ]
    assert kinds == [["execute_result"], ["error"], ["execute_result"]]


def test_stored_outputs_are_compared(run, tmp_path):
    nbformat.write(notebook("print('a')", "2"), tmp_path / "in.ipynb")
    assert run("run", "in.ipynb", "--in-place").returncode == 0
    assert run("check", "--outputs", "in.ipynb").returncode == 0
    text = (tmp_path / "in.ipynb").read_text().replace('"a\\n"', '"b\\n"')
    (tmp_path / "in.ipynb").write_text(text)
    done = run("check", "--outputs", "in.ipynb")
    assert done.returncode == 1
    assert "- stdout: b\n+ stdout: a\n" in done.stdout


def test_figures_that_differ_are_told_apart(run, tmp_path):
    nbformat.write(notebook("plot([1, 2])"), tmp_path / "in.ipynb")
    assert run("run", "in.ipynb", "--in-place").returncode == 0
    text = (tmp_path / "in.ipynb").read_text().replace('width=\\"640\\"', 'width=\\"641\\"', 1)
    (tmp_path / "in.ipynb").write_text(text)
    done = run("check", "--outputs", "in.ipynb")
    assert done.returncode == 1
    line = done.stdout.splitlines()[1]
    assert "image/svg+xml: differs from line 1 on, in <svg width>: stored '641', now '640'" in line
    assert len(done.stdout.splitlines()) == 2


def test_doc_explains_names(run):
    assert run("doc", "print").stdout.startswith("print(")
    assert "\n  zeros " in run("doc").stdout
    done = run("doc", "prnt")
    assert done.returncode == 1 and "did you mean 'print'?" in done.stderr


def test_files_stay_below_the_working_directory(run, tmp_path):
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    code = f'write_text("{outside}/a.txt", "a")'
    done = run("-c", code)
    assert done.returncode == 1 and "--allow" in done.stderr
    assert run("--allow", outside, "-c", code).returncode == 0
    assert run("-c", code, LINNET_ALLOW=str(outside)).returncode == 0
    assert (outside / "a.txt").read_text() == "a"


def test_the_last_state_of_a_changed_figure_is_told(run, tmp_path):
    source = (
        "display(plot([1, 2]), display_id='f')\n"
        "update_display(plot([1, 3]) + title('second'), display_id='f')\n"
        "update_display(plot([1, 4]) + title('third'), display_id='f')"
    )
    nbformat.write(notebook(source), tmp_path / "n.ipynb")
    done = run("run", "n.ipynb")
    assert done.returncode == 0, done.stderr
    assert "third" in done.stdout and "second" not in done.stdout


def test_a_missing_folder_is_told_before_the_first_cell(run, tmp_path):
    nbformat.write(notebook("print('ran')"), tmp_path / "n.ipynb")
    done = run("run", "n.ipynb", "--output", "gone/x.ipynb")
    assert done.returncode == 1 and done.stdout == ""
    assert "there is no folder 'gone'" in done.stderr
    done = run("run", "n.ipynb", "--figures", "n.ipynb")
    assert done.returncode == 1 and done.stdout == ""
    assert "'n.ipynb' is not a folder" in done.stderr


@pytest.mark.parametrize(
    "options, source",
    [
        (["--output", "/proc/x.ipynb"], "n.ipynb"),
        (["--figures", "/proc/figures"], "n.ipynb"),
        (["--figures", "/proc/figures"], "s.star"),
    ],
)
def test_what_cannot_be_written_is_told_before_the_first_cell(run, tmp_path, options, source):
    nbformat.write(notebook("print('ran')"), tmp_path / "n.ipynb")
    (tmp_path / "s.star").write_text("print('ran')")
    done = run("run", source, *options)
    assert done.returncode == 1 and done.stdout == ""
    assert "no permission" in done.stderr and "/proc/" in done.stderr


@pytest.fixture
def run_into(linnet, tmp_path):
    """Runs the binary with its output going to an open file."""
    nbformat.write(notebook("print(1)", "print(2)"), tmp_path / "two.ipynb")
    endless = 'while True: print("x" * 100)'
    nbformat.write(notebook("1", endless, "print(3)"), tmp_path / "endless.ipynb")
    (tmp_path / "one.star").write_text("print(1)")
    (tmp_path / "endless.star").write_text(endless)

    def run(output, *arguments):
        return subprocess.run(
            [linnet, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
            timeout=60,
            env=clean_environment(tmp_path),
        )

    return run


def without_times(text):
    """The lines but for those that tell how long a notebook's cells took."""
    return [line for line in text.splitlines() if not line.startswith("cell ")]


@pytest.mark.parametrize(
    "arguments",
    [
        ["-c", "print(1)"],
        ["run", "one.star"],
        ["run", "endless.star"],
        ["run", "two.ipynb"],
        ["run", "endless.ipynb"],
        ["run", "endless.ipynb", "--allow-errors"],
        ["doc"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_output_that_is_lost_is_an_error(run_into, arguments):
    with open("/dev/full", "w") as full:
        done = run_into(full, *arguments)
    expected = ["error: cannot write to standard output: no space left on device"]
    assert without_times(done.stderr) == expected
    assert done.returncode == 1


@pytest.mark.parametrize(
    "arguments, status",
    [
        (["-c", "print(1)"], 0),
        (["run", "endless.star"], 130),
        (["run", "endless.ipynb"], 130),
        (["run", "endless.ipynb", "--allow-errors"], 130),
    ],
)
def test_a_run_ends_quietly_with_its_reader(run_into, arguments, status):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run_into(writing, *arguments)
    finally:
        os.close(writing)
    assert (without_times(done.stderr), done.returncode) == ([], status)


def test_warnings_of_cells_are_coloured_on_terminals_only(run, tmp_path):
    source = (
        'i = Input((2,)); m = Model(i, Dense(1, activation="tanh")(i))\n'
        'm.compile(loss="binary_crossentropy", optimizer="adam")'
    )
    nbformat.write(notebook(source), tmp_path / "n.ipynb")
    done = run("run", "n.ipynb", "--output", "out.ipynb")
    assert "warning" in done.stderr and "\x1b" not in done.stderr
    stored = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[0].outputs[0]
    assert "\x1b[" in stored.text
    assert "\x1b[" in run("run", "n.ipynb", FORCE_COLOR="1").stderr
    assert "\x1b" not in run("run", "n.ipynb", "--no-color", FORCE_COLOR="1").stderr


@pytest.mark.parametrize(
    "arguments, expected",
    [
        (["s.star"], "there is no command 's.star': did you mean `linnet run s.star`?"),
        (["n.ipynb"], "there is no command 'n.ipynb': did you mean `linnet run n.ipynb`?"),
        (["rnu", "s.star"], "there is no command 'rnu': did you mean `linnet run`?"),
        (
            ["run", "s.star", "7"],
            "unexpected argument '7': put -- before the script's own arguments",
        ),
    ],
)
def test_wrong_arguments_get_a_hint(run, arguments, expected):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr == f"error: {expected}\n"


def test_a_parameter_that_the_notebook_does_not_set_is_doubtful(run, tmp_path):
    nbformat.write(notebook("scale = 1", tags={0: ["parameters"]}), tmp_path / "n.ipynb")
    done = run("run", "n.ipynb", "-p", "scal=7")
    assert done.returncode == 0
    assert "sets no 'scal'; did you mean 'scale'?" in done.stderr
    assert "warning" not in run("run", "n.ipynb", "-p", "scale=7").stderr


def test_a_notebook_that_is_not_json_is_named(run, tmp_path):
    (tmp_path / "n.ipynb").write_text("not json")
    done = run("run", "n.ipynb")
    assert done.returncode == 1
    assert "it is not JSON" in done.stderr and "line 1, column 1" in done.stderr


def test_a_wrong_name_for_a_figure_names_the_function_called(run):
    for call, name in [("savefig('f.png')", "savefig"), ("plot([1]).save('f.png')", "save")]:
        done = run("-c", f"plot([1])\n{call}")
        assert f"ValueError: {name}(): figures are written as SVG" in done.stderr
