import numpy as np


def sigmoid_derivative(x):
    s = 1 / (1 + np.exp(-x))
    return s


def image2vector(image):
    return image.reshape(image.shape[0] * image.shape[1], image.shape[2])


def normalizeRows(x):
    x_norm = np.linalg.norm(x, axis=1)
    return x / x_norm


def softmax(x):
    x_exp = np.exp(x)
    return x_exp / np.sum(x_exp, axis=0, keepdims=True)


def L1(yhat, y):
    return np.mean(np.abs(y - yhat))


def L2(yhat, y):
    yhat -= y
    return np.sum(yhat**2)
