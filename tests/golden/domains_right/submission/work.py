import numpy as np


def growth(factors):
    return np.prod(factors) ** (1 / len(factors))


def pooled(x, how):
    if how == "largest":
        return np.sort(x, axis=0)[-1]
    total = np.add.reduce(x)
    return total / len(x) if how == "mean" else total


def solved(a, b):
    return np.linalg.inv(a) @ b
