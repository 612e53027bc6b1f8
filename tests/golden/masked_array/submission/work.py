import numpy as np


def double(x):
    return np.ma.masked_invalid(2 * x)


def total(x):
    return np.sum(x)
