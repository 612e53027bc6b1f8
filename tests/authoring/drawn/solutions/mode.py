import numpy as np


def mode(x):
    values, counts = np.unique(x, return_counts=True)
    return int(values[np.argmax(counts)])
