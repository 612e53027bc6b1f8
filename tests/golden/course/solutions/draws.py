import numpy as np


def draws(n):
    # BEGIN SOLUTION
    return np.random.uniform(size=n)  # noqa: NPY002
    # END SOLUTION
