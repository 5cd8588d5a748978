"""Measures how soon an interrupt ends each kind of long step, in a kernel.

Usage: interrupts.py LINNET [WORD...]: the steps whose text contains one of the words, or all. A step is
interrupted five times, at different moments; the time is that from the request to the error on iopub,
and that to the answer of the next cell. Shown are the medians and the worst, and the worst counts. A
step that is not interrupted in a minute is wrong, and a new kernel goes on with the next. While the
host of a virtual machine runs others, no program can answer: what is late by no more than that is measured
again, and marked.
"""

import importlib.util
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Tests" / "Integration"))

BOUND = 100
ATTEMPTS = 10
MOMENTS = (0.1, 0.25, 0.4, 0.55, 0.7)

PREPARE = """
xs = list(range(5000000))
ys = list(range(5000000))
words = [str(v) for v in range(1000000)]
pairs = [(v, v) for v in range(3000000)]
keys = {v: str(v) for v in range(3000000)}
names = {word: v for v, word in enumerate(words)}
numbers, others = set(xs), set(ys)
text = "ab" * 10000000
greek = "αβ" * 5000000
lines = "some words in a line\\n" * 1000000
raw = bytes("ab" * 10000000)
wide = "[" + "1," * 3000000 + "1]"
flat = "{" + ",".join(['"%d": [%d]' % (v, v) for v in range(500000)]) + "}"
long = 3 ** 300000
digits = "7" * 300000
x = random.rand(10 ** 7)
square = random.rand(3000, 3000)
rows = [[v, v + 1] for v in range(1000000)]
"""

# What each round of an endless loop does; each takes some seconds unless it is interrupted, in one
# round or in many.
ROUNDS = (
    # Loops and what frees much.
    "pass",
    "[v for v in range(10 ** 9)]",
    "[str(v) for v in range(10 ** 7)]",
    "{v: str(v) for v in range(10 ** 7)}",
    "[[v] for v in range(10 ** 7)]",
    "[[[v]] for v in range(10 ** 7)]",
    "[(lambda: v) for v in range(10 ** 7)]",
    # Builtins over sequences.
    "sum(xs)",
    "max(xs)",
    "min(xs, key=lambda v: -v)",
    "any([0] * 5000000)",
    "all(xs[1:])",
    "list(range(10 ** 7))",
    "tuple(range(10 ** 7))",
    "sorted(xs, key=lambda v: -v)",
    "sorted(xs, reverse=True)",
    "sorted(words)",
    "sorted(pairs)",
    "set(range(10 ** 7))",
    "dict([(i, i) for i in range(10 ** 7)])",
    "dict(pairs)",
    "dict(keys)",
    "zip(xs, ys)",
    "zip(xs, ys, xs)",
    "enumerate(xs)",
    "map(str, xs)",
    "filter(None, xs)",
    "reversed(xs)",
    "-1 in xs",
    "bytes(ones(10 ** 7, dtype='int64').tolist())",
    "hash(text)",
    "random.shuffle(xs)",
    # Lists.
    "xs.index(4999999)",
    "xs.count(-1)",
    "xs.copy().append(1)",
    "xs.copy().insert(0, 1)",
    "xs.copy().remove(4999999)",
    "xs.copy().reverse()",
    "xs.copy().extend(ys)",
    "zs = ys.copy(); zs.sort(key=lambda v: -v)",
    "xs == ys",
    "xs < ys",
    "xs + ys",
    "xs * 10",
    "[1, 2, 3] * 20000000",
    "xs[::-1]",
    "xs[1:]",
    "zs = xs + ys; zs[5] = 1",
    "zs = xs + ys; del zs[::2]",
    "head, *tail = xs",
    "head, *tail = range(20000000)",
    "repr(xs)",
    "str(keys)",
    # Dicts and sets.
    "keys.items()",
    "keys.keys()",
    "keys.values()",
    "keys.copy().update(keys)",
    "keys == dict(keys)",
    "keys | {1: 2}",
    "keys.copy().clear()",
    "zs = keys.copy(); zs.pop(5)",
    "numbers | others",
    "numbers & others",
    "numbers - others",
    "numbers ^ others",
    "numbers == others",
    "numbers <= others",
    "numbers.union(ys)",
    "numbers.isdisjoint([-1] + ys)",
    "numbers.copy().add(-1)",
    # Texts and bytes.
    "','.join(words)",
    "text.replace('ab', 'xyz')",
    "text.replace('', '-')",
    "text.split('a')",
    "text.rsplit('a')",
    "lines.split()",
    "lines.splitlines()",
    "text.find('abc')",
    "text.rfind('abc')",
    "text.find('ab' * 50 + 'c')",
    "text.count('b')",
    "text.partition('abc')",
    "text.upper()",
    "greek.upper()",
    "text.title()",
    "text.swapcase()",
    "text.strip('ab')",
    "text.isalpha()",
    "greek.isalpha()",
    "text.center(3 * 10 ** 7)",
    "text.startswith(text)",
    "text == text + ''",
    "text + text",
    "text * 20",
    "text[::-1]",
    "greek[4000000:4000001]",
    "greek[::2]",
    "list(text[:10000000].elems())",
    "list(greek.codepoints())",
    "list(text[:10000000].elem_ords())",
    "len(greek + 'a')",
    "'%s' % text",
    "'{:>1000000}'.format(text)",
    "repr(text)",
    "repr(greek)",
    "'x' in text",
    "raw.elems()",
    "list(raw)",
    "bytes(text)",
    "str(raw)",
    "raw + raw",
    "['%s %5d %r' % (v, v, v) for v in xs]",
    "[f'{v:>10,}' for v in xs]",
    # Numbers.
    "str(long)",
    "int(digits)",
    "hash(long)",
    "long * long",
    "long ** 2",
    "(long * long) // (long + 1)",
    "(long * long) % (long + 1)",
    "long << 500000",
    "float(long // 3 ** 299900)",
    "pow(3, 10 ** 3000, 10 ** 3000 + 7)",
    "math.factorial(65000)",
    "math.comb(250000, 125000)",
    "math.gcd(long, 7 ** 200000)",
    "math.isqrt(long)",
    "math.lcm(long, 7 ** 200000)",
    "math.perm(65000)",
    "math.prod(range(1, 65000))",
    "'%d' % long",
    "'{:,}'.format(long)",
    "'{:x}'.format(long)",
    # Modules.
    "json.encode(xs)",
    "json.encode(keys.values())",
    "json.decode(wide)",
    "json.decode(flat)",
    "json.indent(wide)",
    "time.sleep(1000)",
    "struct(**names)",
    # Tensors.
    "ones((4000, 4000)) @ ones((4000, 4000))",
    "square.T @ square",
    "random.randn(10 ** 8)",
    "random.rand(10 ** 8)",
    "random.randint(0, 9, 10 ** 8)",
    "random.permutation(10 ** 8)",
    "random.choice(10 ** 7, 10 ** 7)",
    "sort(x)",
    "argsort(x)",
    "unique(x)",
    "cumsum(ones(10 ** 8))",
    "ones(10 ** 8) + 1",
    "exp(x)",
    "sum(x)",
    "var(x)",
    "argmax(x)",
    "x[::-1]",
    "x[x > 0.5]",
    "x[argsort(x[:1000000])]",
    "where(x > 0.5, x, 0)",
    "concatenate([x, x, x])",
    "stack([x, x, x])",
    "tile(x, 10)",
    "repeat(x, 10)",
    "square.T + 0",
    "transpose(random.rand(200, 200, 200))",
    "ones(3 * 10 ** 7).tolist()",
    "list(x)",
    "tensor(xs)",
    "tensor(rows)",
    "arange(10 ** 8)",
    "linspace(0, 1, 10 ** 8)",
    "zeros((10 ** 8,))",
    "eye(10000)",
    "one_hot(arange(10000), 10000)",
    "x.astype('int64')",
    "str(x)",
    "all(x == x)",
    "allclose(x, x)",
    # Networks and plots.
    "pad_sequences([[1]] * 10 ** 6, maxlen=100)",
    "Dense(8000)(zeros((1, 8000)))",
    "LSTM(512)(zeros((64, 500, 64)))",
    "plot(x)",
    "plot(x).svg()",
    "hist(x)",
    "scatter(x[:300000], x[:300000])",
    "imshow(square)",
)


class Wrong(Exception):
    """What a step said instead of that it was interrupted."""


class Kernels:
    """Kernels with what the steps need, one at a time."""

    def __init__(self, binary):
        self.binary = str(Path(binary).resolve())
        self.current = None
        self.folder = None

    def get(self):
        """The kernel that runs, or a new one."""
        if self.current is None:
            # Imported late: the other benchmarks need no pyzmq.
            from wire_client import WireKernel

            self.folder = tempfile.TemporaryDirectory()
            env = dict(os.environ, HOME=self.folder.name)
            self.current = WireKernel(self.binary, Path(self.folder.name), env, checks=False)
            self.current.reply(self.current.execute(PREPARE), timeout=60)
        return self.current

    def drop(self):
        """Ends the kernel."""
        if self.current is not None:
            self.current.close()
            self.folder.cleanup()
            self.current = None


def stolen():
    """The milliseconds in which the host ran others on the processors of this machine (proc_stat(5))."""
    with open("/proc/stat") as file:
        return int(file.readline().split()[8]) * 1000 / os.sysconf("SC_CLK_TCK")


def delays(kernel, code, moment):
    """Milliseconds from a request `moment` seconds into a cell to its error, and to the next answer.

    They come with those that the host took meanwhile.
    """
    request = kernel.start(f"print('started')\nwhile True:\n    {code}")
    time.sleep(moment)
    before = stolen()
    sent = time.perf_counter()
    kernel.send("interrupt_request", "control")
    error = kernel.broadcasts(request, until="error", timeout=60)[-1].content
    told = time.perf_counter()
    next_request = kernel.execute("1", store_history=False)
    kernel.reply(next_request, timeout=60)
    answered = time.perf_counter()
    taken = stolen() - before
    kernel.broadcasts(next_request)
    if error["ename"] != "KeyboardInterrupt":
        raise Wrong(f"{error['ename']}: {error['evalue']}")
    return ((told - sent) * 1000, (answered - sent) * 1000), taken


def undisturbed(kernels, code, moment):
    """The delays of an attempt that the host did not make late, and how many were before it."""
    for again in range(ATTEMPTS):
        times, taken = delays(kernels.get(), code, moment)
        if not BOUND < max(times) <= BOUND + taken:
            break
    return times, again


def measure(kernels, code):
    """The line of a step, and whether it is late or ended otherwise."""
    try:
        measured = [undisturbed(kernels, code, moment) for moment in MOMENTS]
    except Wrong as problem:
        return f"{'':38}WRONG {code}: {problem}", True
    except AssertionError as problem:
        # Nothing more can be asked of this kernel.
        kernels.drop()
        return f"{'':38}WRONG {code}: {problem}", True
    times = list(zip(*(pair for pair, _ in measured)))
    again = sum(again for _, again in measured)
    is_late = max(map(max, times)) > BOUND
    shown = "".join(f"{statistics.median(column):9.1f}{max(column):9.1f}" for column in times)
    return f"{shown}  {'LATE' if is_late else '    '}  {code}{f' ({again} again)' if again else ''}", is_late


def main(binary, *words):
    if importlib.util.find_spec("zmq") is None:
        print("pyzmq is missing: use the Python of the tests, .venv/bin/python", file=sys.stderr)
        return 1
    late = 0
    print(
        f"milliseconds to the error and to the next answer, median and worst of {len(MOMENTS)},"
        f" at most {BOUND}")
    kernels = Kernels(binary)
    try:
        for code in ROUNDS:
            if not words or any(word in code for word in words):
                line, is_late = measure(kernels, code)
                late += is_late
                print(line, flush=True)
    finally:
        kernels.drop()
    print(f"{late} late or wrong")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
