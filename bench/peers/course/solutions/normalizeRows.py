import numpy as np


def normalizeRows(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)
