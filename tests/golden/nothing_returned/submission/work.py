import numpy as np


def double(x):
    result = 2 * x


def total(x):
    return np.sum(x)
