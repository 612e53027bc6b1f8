import numpy as np


class Layers:
    pass


def total(x):
    return np.sum(x)
