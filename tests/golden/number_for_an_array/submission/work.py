import numpy as np


def double(x):
    return np.sum(2 * x)


def total(x):
    return np.sum(x)
