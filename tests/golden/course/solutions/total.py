import numpy as np


def total(x):
    # BEGIN SOLUTION
    return np.sum(x)
    # END SOLUTION
