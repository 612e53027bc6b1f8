import numpy as np


def double(x):
    y = 2 * x
    return y.copy


def total(x):
    return np.sum(x)
