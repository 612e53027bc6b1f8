import numpy as np


def double(x):
    x[0] = 0
    return 2 * x


def total(x):
    return np.sum(x)
