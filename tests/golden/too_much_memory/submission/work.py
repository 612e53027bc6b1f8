import numpy as np


def double(x):
    return 2 * np.ones(10 * 2**30, dtype=np.uint8)[: len(x)]


def total(x):
    return np.sum(x)
