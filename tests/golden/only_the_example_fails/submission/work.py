import numpy as np


def shrunk(x):
    return x


def total(x):
    return np.sum(x)
