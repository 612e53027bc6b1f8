import numpy as np


def ratio(x, y):
    # BEGIN SOLUTION
    with np.errstate(all="ignore"):
        return x / y
    # END SOLUTION
