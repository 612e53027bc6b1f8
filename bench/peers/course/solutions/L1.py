import numpy as np


def L1(yhat, y):
    return np.sum(np.abs(y - yhat))
