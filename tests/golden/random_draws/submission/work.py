import numpy as np


def draws(n):
    return np.random.rand(n)


def total(x):
    return np.sum(x)
