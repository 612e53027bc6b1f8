import numpy as np


def distances(a, b):
    # BEGIN SOLUTION
    differences = a[:, np.newaxis, :] - b
    return np.sqrt(np.sum(differences**2, axis=2))
    # END SOLUTION
