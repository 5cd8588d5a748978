"""`pip install .` puts the binary and the kernelspec into a Python environment."""
import os
import re
import subprocess
import sys

import pytest

from conftest import ROOT, clean_environment
from kernel_client import Client


KERNELSPEC = "share/jupyter/kernels/linnet"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A fresh Python environment with Linnet and nothing else in it."""
    home = tmp_path_factory.mktemp("wheel")
    # As an earlier build may have left it.
    stale = ROOT / "build/wheel" / KERNELSPEC / "stale.json"
    stale.parent.mkdir(parents=True, exist_ok=True)
    stale.write_text("{}")
    environ = clean_environment(home)
    subprocess.run([sys.executable, "-m", "venv", home / "venv"], env=environ, check=True)
    done = subprocess.run(
        [home / "venv/bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check", ROOT],
        env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return home / "venv"


def test_jupyter_runs_the_installed_kernel(installed, monkeypatch, tmp_path):
    monkeypatch.setenv("JUPYTER_PATH", str(installed / "share/jupyter"))
    environ = clean_environment(tmp_path) | {"JUPYTER_PATH": os.environ["JUPYTER_PATH"]}
    listed = subprocess.run(
        [sys.executable, "-m", "jupyter", "kernelspec", "list"], env=environ, check=True,
        capture_output=True, text=True)
    assert re.search(rf"^\s*linnet\s+{re.escape(str(installed))}", listed.stdout, re.MULTILINE)
    client = Client(environ)
    try:
        assert client.result("6 * 7") == ["42"]
        assert os.path.realpath(f"/proc/{client.process.pid}/exe") == str(installed / "bin/linnet")
    finally:
        client.close()


def test_nothing_else_is_in_the_kernelspec(installed):
    assert sorted(os.listdir(installed / KERNELSPEC)) == [
        "kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]


def test_its_version_is_that_of_the_binary(installed):
    version = subprocess.run(
        [installed / "bin/linnet", "--version"], check=True, capture_output=True, text=True).stdout
    listed = subprocess.run(
        [installed / "bin/python", "-m", "pip", "show", "linnet"], check=True, capture_output=True, text=True)
    assert f"Version: {version.split()[-1]}\n" in listed.stdout
