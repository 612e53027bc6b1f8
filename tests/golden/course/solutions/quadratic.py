import numpy as np


def quadratic(b, c):
    root = np.sqrt(b * b - 4 * c)
    return np.array([-b - root, -b + root]) / 2
