import numpy as np


def double(x):
    return (2 * x).reshape(-1, 1)


def total(x):
    return np.sum(x)
