import numpy as np


def perpendicular(x):
    return np.array([x[1], -x[0]])


def total(x):
    return np.sum(x)
