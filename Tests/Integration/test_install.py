"""How Jupyter is told about the kernel, and made to forget it."""
import json
import os
import struct
import xml.etree.ElementTree as ElementTree

import pytest
from jupyter_client.kernelspec import KernelSpecManager

from conftest import ROOT

KERNEL = "share/jupyter/kernels/linnet"
FILES = ["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]


def test_the_kernelspec(linnet, kernelspec):
    spec = KernelSpecManager().get_kernel_spec(kernelspec)
    assert spec.argv == [linnet, "kernel", "-f", "{connection_file}"]
    assert (spec.display_name, spec.language, spec.interrupt_mode) == (
        "Linnet", "starlark", "message")
    assert spec.metadata == {"supported_encryption": ["curve"]}
    assert sorted(os.listdir(spec.resource_dir)) == FILES
    with open(os.path.join(spec.resource_dir, "kernel.json")) as file:
        assert json.load(file)["kernel_protocol_version"] == "5.5"


def test_the_logos(kernelspec):
    folder = KernelSpecManager().get_kernel_spec(kernelspec).resource_dir
    for size in (32, 64):
        with open(os.path.join(folder, f"logo-{size}x{size}.png"), "rb") as file:
            head = file.read(24)
        assert head[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", head[16:]) == (size, size)
    assert ElementTree.parse(os.path.join(folder, "logo-svg.svg")).getroot().tag.endswith("svg")
    for name in FILES[1:]:
        with open(os.path.join(folder, name), "rb") as file:
            assert file.read() == (ROOT / "kernelspec" / name).read_bytes()


@pytest.mark.parametrize("options, variables, folder", [
    ([], {}, "home/.local/" + KERNEL),
    (["--user"], {}, "home/.local/" + KERNEL),
    (["--user"], {"XDG_DATA_HOME": "data"}, "data/jupyter/kernels/linnet"),
    (["--user"], {"JUPYTER_DATA_DIR": "jupyter"}, "jupyter/kernels/linnet"),
    (["--sys-prefix"], {"VIRTUAL_ENV": "venv"}, "venv/" + KERNEL),
    (["--sys-prefix"], {"CONDA_PREFIX": "conda"}, "conda/" + KERNEL),
    (["--prefix", "below"], {"VIRTUAL_ENV": "venv"}, "below/" + KERNEL),
])
def test_install_and_uninstall(run, tmp_path, options, variables, folder):
    environment = {name: str(tmp_path / value) for name, value in variables.items()}
    environment["HOME"] = str(tmp_path / "home")
    place = tmp_path / folder
    # Twice: one that is there is replaced.
    for _ in range(2):
        done = run("install", *options, **environment)
        assert done.returncode == 0, done.stderr
        assert folder in done.stdout
        assert sorted(os.listdir(place)) == FILES
    other = place.parent / "other"
    other.mkdir()
    done = run("uninstall", *options, **environment)
    assert done.returncode == 0 and folder in done.stdout
    assert os.listdir(place.parent) == ["other"]
    done = run("uninstall", *options, **environment)
    assert (done.returncode, done.stdout) == (0, "there is no kernel to remove\n")


def test_what_cannot_be_installed_is_refused_with_words(run, tmp_path):
    done = run("install", "--sys-prefix")
    assert done.returncode == 1 and "VIRTUAL_ENV" in done.stderr
    done = run("install", "--user", "--sys-prefix")
    assert done.returncode != 0 and "use one of" in done.stderr
    (tmp_path / "file").write_text("")
    done = run("install", "--prefix", tmp_path / "file")
    assert done.returncode == 1 and str(tmp_path / "file") in done.stderr
    done = run("kernel")
    assert done.returncode != 0 and "-f" in done.stderr


def test_a_user_finds_what_was_installed(run, tmp_path, monkeypatch):
    assert run("install", "--user").returncode == 0
    for name in ("JUPYTER_PATH", "JUPYTER_DATA_DIR", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert "linnet" in KernelSpecManager().find_kernel_specs()
