import numpy as np


def double(x):
    # YOUR CODE HERE
    raise NotImplementedError
    result = 2 * x
    return result


def total(x):
    return np.sum(x)
