import numpy as np


def stationary(p):
    return np.linalg.matrix_power(p, 1000)[0]
