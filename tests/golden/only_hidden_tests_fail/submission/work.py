import numpy as np


def total(x):
    return x[0] + x[1] + x[2]


def double(x):
    return 2 * x
