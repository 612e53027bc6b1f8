import numpy as np


import matplotlib.pyplot as plt

plt.plot([1, 2, 3])
plt.show()


def double(x):
    return 2 * x


def total(x):
    return np.sum(x)
