import numpy as np


def center(x):
    x = x - x.mean()


def total(x):
    return np.sum(x)
