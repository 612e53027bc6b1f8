import numpy as np


def double(x):
    """Twice each number."""
    # YOUR CODE HERE
    raise NotImplementedError


def total(x):
    return np.sum(x)
