"""Keras on JAX: the autoencoder for 1500 epochs."""

import os
import random
import time

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy
from keras.layers import LSTM, Input, Reshape

random.seed(1)
data = numpy.zeros((1200, 10, 5), dtype="float32")
for sequence in data:
    for position in range(min(round(random.uniform(0, 10)), 5)):
        sequence[position, position] = 1
codes = Input((10, 5))
encoder = keras.Model(codes, LSTM(20)(codes))
inner = Input((20,))
outer = LSTM(5, return_sequences=True, activation="sigmoid")(Reshape((10, 2))(inner))
decoder = keras.Model(inner, outer)
autoencoder = keras.Model(encoder.inputs, decoder(encoder(encoder.inputs)))
autoencoder.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
autoencoder.fit(data, data, batch_size=100, epochs=1, verbose=0)
start = time.perf_counter()
autoencoder.fit(data, data, batch_size=100, epochs=1500, verbose=0)
print((time.perf_counter() - start) * 1000)
