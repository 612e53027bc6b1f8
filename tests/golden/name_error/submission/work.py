import numpy as np


def double(x):
    result = 2 * x
    return resutl


def total(x):
    return np.sum(x)
