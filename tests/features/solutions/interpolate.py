import numpy as np


def interpolate(at, values, x):
    i = min(max(np.searchsorted(at, x), 1), len(at) - 1)
    share = (x - at[i - 1]) / (at[i] - at[i - 1])
    return values[i - 1] + share * (values[i] - values[i - 1])
