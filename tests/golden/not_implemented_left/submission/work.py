import numpy as np


def double(x):
    result = 2 * x
    raise NotImplementedError


def total(x):
    return np.sum(x)
