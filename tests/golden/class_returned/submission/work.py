import numpy as np


class Result:
    pass


def double(x):
    return Result


def total(x):
    return np.sum(x)
