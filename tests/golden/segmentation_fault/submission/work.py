import numpy as np


import ctypes


def double(x):
    ctypes.string_at(0)
    return 2 * x


def total(x):
    return np.sum(x)
