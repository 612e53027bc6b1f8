import numpy as np


numbers = input("Numbers: ")


def double(x):
    return 2 * x


def total(x):
    return np.sum(x)
