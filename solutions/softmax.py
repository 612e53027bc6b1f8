import numpy as np


def softmax(x):
    """Softmax of each row.

    Parameters
    ----------
    x : ndarray of shape (m, n)
        Scores, one row an example.

    Returns
    -------
    ndarray of shape (m, n)
        Positive numbers; each row sums to 1.
    """
    # BEGIN SOLUTION
    # The same factor above and below the fraction line cancels, so a row may be shifted; then exp cannot overflow.
    exps = np.exp(x - np.max(x, axis=1, keepdims=True))
    return exps / np.sum(exps, axis=1, keepdims=True)
    # END SOLUTION
