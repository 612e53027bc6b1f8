import numpy as np


def outer(x, y, z):
    result = x[:, None, None] * y[None, :, None] * z[None, None, :]
    result[0, 1, 0] = 0
    return result


def total(x):
    return np.sum(x)
