import numpy as np


def wait():
    while True:
        pass


def double(x, factor=wait()):
    return factor * x


def total(x):
    return np.sum(x)
