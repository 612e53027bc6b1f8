import numpy as np


def double(x):
    x_twice = 2 * x
    shape = x_twice.shape
    return xtwice


def total(x):
    return np.sum(x)
