import numpy as np


def typed(x, start):
    return np.sum(x) + start, list(x)
