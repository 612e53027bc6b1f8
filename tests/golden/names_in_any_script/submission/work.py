import numpy as np


# 两倍
def double(x):
    两倍 = 2 * x
    return 两倍


def total(x):
    return np.sum(x)
