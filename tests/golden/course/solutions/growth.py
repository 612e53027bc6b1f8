import numpy as np


def growth(factors):
    return np.exp(np.mean(np.log(factors)))
