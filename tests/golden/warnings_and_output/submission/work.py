import numpy as np


def double(x):
    print("x is", x)
    print("twice:", 2 * x)
    return 2 * x / np.zeros(len(x))


def total(x):
    return np.sum(x)
