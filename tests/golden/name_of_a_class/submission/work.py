import numpy as np


class double:
    def __init__(self, x):
        self.result = 2 * x


def total(x):
    return np.sum(x)
