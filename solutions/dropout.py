import numpy as np


def dropout(A, keep):
    # BEGIN SOLUTION
    mask = np.random.rand(*A.shape) < keep
    return A * mask / keep
    # END SOLUTION
