import numpy as np


def sigmoid_derivative(x):
    """Derivative of the sigmoid, element by element.

    Parameters
    ----------
    x : float or ndarray of any shape

    Returns
    -------
    float or ndarray of the shape of x
    """
    # BEGIN SOLUTION
    # The sigmoid, written with tanh: it never overflows, however far x is from 0.
    s = (1 + np.tanh(x / 2)) / 2
    return s * (1 - s)
    # END SOLUTION
