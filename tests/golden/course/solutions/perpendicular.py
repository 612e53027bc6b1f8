import numpy as np


def perpendicular(x):
    # BEGIN SOLUTION
    return np.array([-x[1], x[0]])
    # END SOLUTION
