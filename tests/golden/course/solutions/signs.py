import numpy as np


def signs(x):
    # BEGIN SOLUTION
    return np.sign(x).astype(int)
    # END SOLUTION
