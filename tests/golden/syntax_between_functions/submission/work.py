import numpy as np


def double(x):
    return 2 * x


and this is how the total is done:


def total(x):
    return np.sum(x)
