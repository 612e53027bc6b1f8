import numpy as np


def image2vector(image):
    return image.reshape(image.shape[0] * image.shape[1], image.shape[2])


def total(x):
    return np.sum(x)
