import numpy as np


class Layer:
    def forward(self, x):
        return 3 * x


def total(x):
    return np.sum(x)
