import numpy as np


def root(x):
    if x < 0:
        raise AssertionError
    return x**0.5


def total(x):
    return np.sum(x)
