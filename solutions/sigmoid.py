import numpy as np


def sigmoid(z):
    # BEGIN SOLUTION
    # The same curve written with tanh, which never overflows.
    return (1 + np.tanh(z / 2)) / 2
    # END SOLUTION
