import numpy as np


class Layer:
    def __init__(self, factor):
        self.factor, self.last = factor, 0

    def forward(self, x):
        self.last = self.last + self.factor * x
        return self.last


def total(x):
    return np.sum(x)
