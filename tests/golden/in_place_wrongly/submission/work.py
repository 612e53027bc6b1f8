import numpy as np


def center(x):
    x -= x[0]


def total(x):
    return np.sum(x)
