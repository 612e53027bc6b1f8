import numpy as np


def ratio(x, y):
    with np.errstate(all='ignore'):
        return x / y * (y / y)


def total(x):
    return np.sum(x)
