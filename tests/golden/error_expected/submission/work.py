import numpy as np


def root(x):
    assert x >= 0
    return x**0.5


def total(x):
    return np.sum(x)
