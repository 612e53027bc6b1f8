import numpy as np


def double(x):
    result = 2 * xx
    return result


def total(x):
    return np.sum(x)
