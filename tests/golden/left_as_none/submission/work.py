import numpy as np


def double(x):
    result = None
    return result


def total(x):
    return np.sum(x)
