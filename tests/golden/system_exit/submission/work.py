import numpy as np


import sys


def double(x):
    print(2 * x)
    sys.exit()


def total(x):
    return np.sum(x)
