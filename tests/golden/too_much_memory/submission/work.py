import numpy as np


def signs(x):
    return np.sign(x) * np.ones(10 * 2**30, dtype=np.uint8)[: len(x)]


def total(x):
    return np.sum(x)
