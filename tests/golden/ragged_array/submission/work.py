import numpy as np


def double(x):
    return np.array([[1], [1, 2]], dtype=object)


def total(x):
    return np.sum(x)
