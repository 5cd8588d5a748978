"""Jupyter's own test suite for kernels, with every optional part of it configured."""
import jupyter_kernel_test
import pytest
from jupyter_client.manager import start_new_kernel

from kernel_client import checked


@pytest.fixture(scope="class", autouse=True)
def started_kernel(environment):
    """The suite starts its kernel by name; its environment is given on here."""
    LinnetTests.environment = environment


class LinnetTests(jupyter_kernel_test.KernelTests):
    kernel_name = "linnet"
    language_name = "starlark"
    file_extension = ".star"
    code_hello_world = "print('hello, world')"
    code_stderr = "print('careful', file=stderr)"
    completion_samples = [
        {"text": "impor", "matches": ["import"]},
        {"text": "update_d", "matches": ["update_display"]},
        {"text": "math.is", "matches": ["isclose", "isfinite", "isinf", "isnan", "isqrt"]},
    ]
    complete_code_samples = ["1", "print('hello')", "def f(x):\n  return x * 2\n\n", "x = [1,\n2]"]
    incomplete_code_samples = ["def f(x):", "f(1,", "x = '''one", "for i in range(3):\n  i"]
    invalid_code_samples = ["x = )", "def 1", "'abc"]
    code_page_something = "zeros?"
    code_generate_error = "1 / 0"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a' + 'b'", "result": '"ab"'},
        {"code": "[1, 2.5, None]", "result": "[1, 2.5, None]"},
    ]
    code_display_data = [
        {"code": "display('shown')", "mime": "text/plain"},
        {"code": "plot([1, 3, 2])", "mime": "image/svg+xml"},
    ]
    code_history_pattern = "6 ?*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "zeros"
    code_clear_output = "print('old')\nclear_output()"

    @classmethod
    def setUpClass(cls):
        cls.km, cls.kc = start_new_kernel(kernel_name=cls.kernel_name, env=cls.environment)
        # The suite reads iopub through its channel, the rest through the client.
        cls.kc.iopub_channel.get_msg = checked("iopub", cls.kc.iopub_channel.get_msg)
        cls.kc.get_shell_msg = checked("shell", cls.kc.get_shell_msg)

    def test_nothing_is_skipped(self):
        """A sample left out would skip a part of the suite."""
        samples = [
            name for name, value in vars(jupyter_kernel_test.KernelTests).items()
            if not name.startswith("_") and not callable(value)
            and not isinstance(value, classmethod)]
        assert [name for name in samples if not getattr(self, name, None)] == []
