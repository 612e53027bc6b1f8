import numpy as np


def L2(yhat, y):
    """Sum of the squared errors.

    Parameters
    ----------
    yhat : ndarray of shape (m,)
        Predictions.
    y : ndarray of shape (m,)
        True values.

    Returns
    -------
    float
    """
    # BEGIN SOLUTION
    errors = y - yhat
    return np.dot(errors, errors)
    # END SOLUTION
