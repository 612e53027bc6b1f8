import numpy as np


def double(x):
    return 0.1 * x * 20 + 1e-12


def total(x):
    return np.sum(x)
