import numpy as np


def double(x):
    while True:
        print(2 * x, "-" * 10_000)


def total(x):
    return np.sum(x)
