import numpy as np


def double(x):
    raise KeyboardInterrupt


def total(x):
    return np.sum(x)
