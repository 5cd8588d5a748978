"""Puts Linnet into a wheel: the binary into `bin`, the kernelspec where Jupyter looks for it."""
import json
import shutil
import subprocess
from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.bdist_wheel import bdist_wheel
# Setuptools brings it along where Python does not have it any more.
from distutils.command.install_data import install_data

BUILD = 'source script/common.sh; swift build "${release[@]}" >&2; swift build "${release[@]}" --show-bin-path'
KERNELSPEC = "share/jupyter/kernels/linnet"


class InstallProgram(install_data):
    """Builds the program and lets it write its own kernelspec."""

    def run(self):
        folder = subprocess.run(["bash", "-c", BUILD], check=True, stdout=subprocess.PIPE, text=True)
        binary = Path(folder.stdout.strip()) / "linnet"
        stage = Path("build/wheel").resolve()
        # What an earlier build has left there must not be shipped.
        shutil.rmtree(stage, ignore_errors=True)
        subprocess.run([binary, "install", "--prefix", stage], check=True)
        description = stage / KERNELSPEC / "kernel.json"
        spec = json.loads(description.read_text())
        # The prefix is not known yet, and `bin` need not be on the path of who starts Jupyter.
        spec["argv"][0] = "{resource_dir}/../../../../bin/linnet"
        description.write_text(json.dumps(spec, indent=2) + "\n")
        self.data_files = [
            ("bin", [str(binary)]),
            (KERNELSPEC, sorted(map(str, (stage / KERNELSPEC).iterdir()))),
        ]
        super().run()


class PlatformWheel(bdist_wheel):
    """A wheel for any Python of this system: there is no Python in it."""

    def get_tag(self):
        return ("py3", "none", super().get_tag()[2])


class ProgramDistribution(Distribution):
    def has_ext_modules(self):
        return True


setup(
    distclass=ProgramDistribution,
    # Named so that setuptools asks for the command above.
    data_files=[("bin", [])],
    cmdclass={"install_data": InstallProgram, "bdist_wheel": PlatformWheel},
)
