"""PyTorch: prints the milliseconds of one training step, LSTM 16, batch 5, 130 steps."""

import math
import statistics
import time

import torch

torch.set_num_threads(1)
torch.manual_seed(1)
x = torch.zeros(5, 130, 1)
y = torch.zeros(5, 130, dtype=torch.long)
for i in range(5):
    start = float(torch.rand(())) * 50
    for j in range(130):
        if start <= j < start + 10:
            x[i, j, 0] = math.sin((j - start) * math.pi / 10)
        y[i, j] = j < start + 10
rnn, head = torch.nn.LSTM(1, 16, batch_first=True), torch.nn.Linear(16, 2)
optimizer = torch.optim.Adam([*rnn.parameters(), *head.parameters()], lr=0.01)


def train(count):
    for _ in range(count):
        prediction = head(rnn(x)[0])
        loss = torch.nn.functional.cross_entropy(prediction.reshape(-1, 2), y.reshape(-1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


train(50)
times = []
for _ in range(10):
    begin = time.perf_counter()
    train(50)
    times.append((time.perf_counter() - begin) / 50 * 1000)
print(statistics.median(times))
