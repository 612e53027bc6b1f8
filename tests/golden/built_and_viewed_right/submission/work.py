import numpy as np


def batches(x, size):
    count = -(-len(x) // size)
    return iter([x[number * size : (number + 1) * size] for number in range(count)])


def root_of(f, low, high):
    while high - low > 1e-9:
        middle = 0.5 * (low + high)
        low, high = (low, middle) if f(middle) > 0 else (middle, high)
    return np.float64(low)
