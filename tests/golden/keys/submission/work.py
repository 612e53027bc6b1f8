import numpy as np


def gradients(x, y):
    return {"dw": x.T @ y / len(y), "db": np.mean(y)}


def total(x):
    return np.sum(x)
