import numpy as np


def corners(x):
    # BEGIN SOLUTION
    return x[[0, -1]][:, [0, -1]]
    # END SOLUTION
