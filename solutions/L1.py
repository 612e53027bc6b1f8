import numpy as np


def L1(yhat, y):
    """Sum of the absolute errors.

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
    return np.sum(np.abs(y - yhat))
    # END SOLUTION
