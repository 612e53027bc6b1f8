import numpy as np


def center(x):
    # BEGIN SOLUTION
    x -= np.mean(x)
    # END SOLUTION
