import numpy as np


def image2vector(image):
    return image.reshape(-1, 1)


def normalize_rows(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def L1(yhat, y):
    total = 0
    i = 0
    while i < len(y):
        total += abs(y[i] - yhat[i])
    return total


def L2(yhat, y):
    return np.sun((y - yhat) ** 2)
