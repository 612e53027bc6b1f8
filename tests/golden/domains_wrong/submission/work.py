import numpy as np


def growth(factors):
    return np.mean(factors)


def pooled(x, how):
    return x.mean(axis=0) if how == "mean" else x.sum(axis=0)


def solved(a, b):
    return np.linalg.solve(a.T, b)
