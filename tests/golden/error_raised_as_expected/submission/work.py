import numpy as np


def root(x):
    if x < 0:
        raise ValueError
    return np.sqrt(x)


def total(x):
    return np.sum(x)
