import numpy as np


def gradients(x, y):
    return {"dW": x.T @ y / len(y), "db": np.mean(y), "cost": 0.0}


def total(x):
    return np.sum(x)
