import numpy as np


def normalizeRows(x):
    """Rows of a matrix, each divided by its length.

    Parameters
    ----------
    x : ndarray of shape (m, n)

    Returns
    -------
    ndarray of shape (m, n)
        A row of zeros stays as it is.
    """
    # BEGIN SOLUTION
    norms = np.linalg.norm(x, axis=1, keepdims=True)
    # Zeros divided by 1 are zeros; divided by their length they would be NaN.
    return x / np.where(norms == 0, 1, norms)
    # END SOLUTION
