import numpy as np


count = 0
while count < 10:
    print(count)
    coun = count + 1


def double(x):
    return 2 * x


def total(x):
    return np.sum(x)
