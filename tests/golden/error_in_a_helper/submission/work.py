import numpy as np


def times(x, factor):
    return np.multipy(x, factor)


def double(x):
    return times(x, 2)


def total(x):
    return np.sum(x)
