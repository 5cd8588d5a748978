"""What the tests of the real binary share."""

import os
import subprocess
from pathlib import Path

import pytest

from kernel_client import Client
from wire_client import WireKernel

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def linnet():
    """The path of the binary: what LINNET names, else the release build."""
    path = Path(os.environ.get("LINNET", ROOT / ".build" / "release" / "linnet")).resolve()
    assert path.exists(), f"{path} is missing: run script/test, or swift build -c release"
    return str(path)


@pytest.fixture
def run(linnet, tmp_path):
    """Runs the binary in a folder of its own; gives its exit status and what it wrote."""

    def run_linnet(*arguments, stdin="", timeout=60, **environment):
        return subprocess.run(
            [linnet, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            cwd=tmp_path,
            env=clean_environment(tmp_path) | environment,
        )

    return run_linnet


@pytest.fixture(scope="session")
def kernelspec(linnet, tmp_path_factory):
    """Installs the kernel into a temporary prefix, in which jupyter_client finds it by name."""
    prefix = tmp_path_factory.mktemp("prefix")
    subprocess.run([linnet, "install", "--prefix", prefix], check=True, capture_output=True)
    previous = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = str(prefix / "share" / "jupyter")
    yield "linnet"
    if previous is None:
        del os.environ["JUPYTER_PATH"]
    else:
        os.environ["JUPYTER_PATH"] = previous


@pytest.fixture(scope="session")
def environment(kernelspec, tmp_path_factory):
    """What kernels run in: a home of their own."""
    return clean_environment(tmp_path_factory.mktemp("home")) | {
        name: os.environ[name] for name in ("JUPYTER_PATH",)}


@pytest.fixture
def kernel(environment):
    """A kernel with a client that checks its messages."""
    client = Client(environment)
    yield client
    client.close()


@pytest.fixture
def start_wire(linnet, environment, tmp_path_factory):
    """Starts kernels that are spoken to frame by frame, and ends them after the test."""
    started = []

    def start(**options):
        kernel = WireKernel(linnet, tmp_path_factory.mktemp("wire"), environment, **options)
        started.append(kernel)
        return kernel

    yield start
    for kernel in started:
        kernel.close()


@pytest.fixture
def wire(start_wire):
    """A kernel that is spoken to frame by frame."""
    return start_wire()


def clean_environment(home):
    """The environment of a user without settings."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "TMPDIR")}
    return kept | {"HOME": str(home), "LANG": "C.UTF-8", "TERM": "dumb"}
