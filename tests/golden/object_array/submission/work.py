import numpy as np


def double(x):
    return np.array([2 * number for number in x], dtype=object)


def total(x):
    return np.sum(x)
