"""JAX on one thread: a training step of the burst detector, compiled, as a scan over the steps."""

import os
import time

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import jax
import jax.numpy as jnp
import numpy

UNITS, RATE = 16, 0.01
numpy.random.seed(1)
x = numpy.zeros((5, 130, 1), dtype="float32")
y = numpy.zeros((5, 130), dtype="int32")
for sequence in range(5):
    start = numpy.random.random() * 50
    for step in range(130):
        if start <= step < start + 10:
            x[sequence, step, 0] = numpy.sin((step - start) * numpy.pi / 10)
        y[sequence, step] = step < start + 10


def predict(weights):
    kernel, recurrent, bias, head, head_bias = weights

    def one_step(state, inputs):
        hidden, cell = state
        gates = inputs @ kernel + hidden @ recurrent + bias
        enter, keep, new, leave = jnp.split(gates, 4, axis=-1)
        cell = jax.nn.sigmoid(keep) * cell + jax.nn.sigmoid(enter) * jnp.tanh(new)
        hidden = jax.nn.sigmoid(leave) * jnp.tanh(cell)
        return (hidden, cell), hidden

    zeros = jnp.zeros((5, UNITS))
    _, hidden = jax.lax.scan(one_step, (zeros, zeros), jnp.swapaxes(x, 0, 1))
    return jnp.swapaxes(hidden, 0, 1) @ head + head_bias


def loss(weights):
    shares = jax.nn.log_softmax(predict(weights))
    return -jnp.take_along_axis(shares, y[..., None], axis=-1).mean()


@jax.jit
def train(weights, means, squares, count):
    slopes = jax.grad(loss)(weights)
    means = [m + (g - m) * 0.1 for m, g in zip(means, slopes)]
    squares = [v + (g * g - v) * 0.001 for v, g in zip(squares, slopes)]
    rate = RATE * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
    weights = [w - rate * m / (jnp.sqrt(v) + 1e-7) for w, m, v in zip(weights, means, squares)]
    return weights, means, squares


shapes = [(1, 4 * UNITS), (UNITS, 4 * UNITS), (4 * UNITS,), (UNITS, 2), (2,)]
weights = [jnp.asarray(numpy.random.uniform(-0.25, 0.25, shape), "float32") for shape in shapes]
means = [jnp.zeros_like(weight) for weight in weights]
squares = [jnp.zeros_like(weight) for weight in weights]
for count in range(1, 21):
    weights, means, squares = train(weights, means, squares, jnp.float32(count))
jax.block_until_ready(weights)
begin = time.perf_counter()
for count in range(21, 321):
    weights, means, squares = train(weights, means, squares, jnp.float32(count))
jax.block_until_ready(weights)
print((time.perf_counter() - begin) / 300 * 1000)
