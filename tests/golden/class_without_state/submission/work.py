import numpy as np


class Layer:
    def __init__(self, factor):
        self.factor = factor

    def forward(self, x):
        return self.factor * x


def total(x):
    return np.sum(x)
