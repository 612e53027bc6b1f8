import numpy as np


def convolve(image, kernel):
    p, q = kernel.shape
    turned = kernel[::-1, ::-1]
    rows, columns = image.shape[0] - p + 1, image.shape[1] - q + 1
    return np.array([[np.sum(image[i : i + p, j : j + q] * turned) for j in range(columns)] for i in range(rows)])
