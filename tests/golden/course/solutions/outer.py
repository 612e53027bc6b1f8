import numpy as np


def outer(x, y, z):
    # BEGIN SOLUTION
    return np.einsum("i,j,k->ijk", x, y, z)
    # END SOLUTION
