import numpy as np


def cross_entropy(A, labels):
    # BEGIN SOLUTION
    own = A[np.arange(len(A)), labels]
    return -np.mean(np.log(own))
    # END SOLUTION
