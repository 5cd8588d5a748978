"""PyTorch and matplotlib: data, 100 training steps and the figure, timed from outside."""

import io
import math

import matplotlib
import numpy
import torch

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend is chosen first)

numpy.random.seed(1)
x = torch.zeros(5, 130, 1)
y = torch.zeros(5, 130, dtype=torch.long)
for i in range(5):
    start = numpy.random.random() * 50
    for j in range(130):
        if start <= j < start + 10:
            x[i, j, 0] = math.sin((j - start) * math.pi / 10)
        y[i, j] = j < start + 10
rnn, head = torch.nn.LSTM(1, 16, batch_first=True), torch.nn.Linear(16, 2)
optimizer = torch.optim.Adam([*rnn.parameters(), *head.parameters()], lr=0.01)
for _ in range(100):
    prediction = head(rnn(x)[0])
    loss = torch.nn.functional.cross_entropy(prediction.reshape(-1, 2), y.reshape(-1))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
decided = prediction.argmax(-1)
print("error", (decided != y).float().mean().item())
plt.figure(figsize=(12, 5))
plt.plot(y[3], "r-", label="target")
plt.plot(decided[3], "g-", label="prediction")
plt.plot(x[3, :, 0], "b-", label="input")
plt.savefig(io.BytesIO())
