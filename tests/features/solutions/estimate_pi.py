import numpy as np


def estimate_pi(n):
    return 4 * float(np.mean(np.sum(np.random.uniform(size=(n, 2)) ** 2, axis=1) < 1))
