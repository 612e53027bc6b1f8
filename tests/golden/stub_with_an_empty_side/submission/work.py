import numpy as np


def double(x):
    # one line of code
    result =
    return result


def total(x):
    return np.sum(x)
