import numpy as np


def image2vector(image):
    """All numbers of an image in one column.

    Parameters
    ----------
    image : ndarray of shape (l, w, h)

    Returns
    -------
    ndarray of shape (l*w*h, 1)
    """
    # BEGIN SOLUTION
    rows, columns, colours = image.shape
    return image.reshape(rows * columns * colours, 1)
    # END SOLUTION
