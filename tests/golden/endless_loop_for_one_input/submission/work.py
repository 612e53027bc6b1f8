import numpy as np


def halvings(n):
    count = 0
    while n != 1:
        n //= 2
        count += 1
    return count


def total(x):
    return np.sum(x)
