import numpy as np


def half(x):
    n = len(x)
    return float(np.sum(x[: n // 2]))
