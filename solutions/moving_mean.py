import numpy as np


def moving_mean(x, width):
    # BEGIN SOLUTION
    return np.convolve(x, np.ones(width), "valid") / width
    # END SOLUTION
