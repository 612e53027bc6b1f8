import numpy as np


def rotated(x):
    return np.roll(x, 1)


def is_rotation(a, b):
    return any(np.array_equal(np.roll(b, places), a) for places in range(len(b)))
