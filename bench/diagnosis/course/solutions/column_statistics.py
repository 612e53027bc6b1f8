import numpy as np


def column_statistics(x):
    # BEGIN SOLUTION
    return np.mean(x, axis=0), np.std(x, axis=0)
    # END SOLUTION
