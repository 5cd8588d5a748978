"""The same numbers, whatever the number of threads."""

import hashlib
import re

import pytest

# Large enough that the work of a step is cut for several workers. Weights are written as Python's
# shortest decimals, which come back as the same bits, so that equal texts are equal weights.
PROGRAM = """
random.seed(1)
x = random.rand(64, 50, 128).astype(float32)
y = random.randint(0, 10, 64)
rnn, head = {layer}(256), Dense(10)
optimizer = Adam(learning_rate=0.001)
for step in range({steps}):
    loss = mean(sparse_categorical_crossentropy(y, head(rnn(x)), from_logits=True))
    weights = rnn.weights + head.weights
    optimizer.apply(gradient(loss, weights), weights)
write_text("weights.json", json.encode([w.tolist() for w in weights]))
print(f"{{loss!r}}")
%mem
"""


def train(run, tmp_path, layer, threads, steps=20):
    """Trains and gives the digest of all weights, and what was printed."""
    source = PROGRAM.format(layer=layer, steps=steps)
    done = run("--threads", threads, "-c", source, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    weights = (tmp_path / "weights.json").read_bytes()
    assert len(weights) > 100_000
    return hashlib.sha256(weights).hexdigest(), done.stdout


@pytest.mark.parametrize("layer", ["LSTM", "SimpleRNN"])
def test_weights_do_not_depend_on_the_number_of_threads(run, tmp_path, layer):
    digests = {}
    for name, threads in [("1", 1), ("2", 2), ("3", 3), ("2 again", 2)]:
        digests[name], output = train(run, tmp_path, layer, threads)
        workers = re.search(r"(\d+) of (\d+) workers ran", output)
        assert workers, output
        print(f"{layer}, {threads} threads, {workers[0]}: {digests[name]}")
        # Where work is large enough to be cut, more than one worker must have taken part.
        assert int(workers[2]) == threads
        assert (int(workers[1]) > 1) == (threads > 1)
    assert len(set(digests.values())) == 1, digests


def test_another_seed_gives_other_weights(run):
    source = "random.seed({})\nd = Dense(3)\nd(ones((1, 2)));\nprint(d.get_weights())"
    outputs = {run("-c", source.format(seed)).stdout for seed in (2, 3, 2)}
    assert len(outputs) == 2
