import numpy as np
from public_tests import *


def sigmoid_derivative(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


def softmax(x):
    x_exp = np.exp(x)
    x_sum = np.sum(x_exp, axis=1, keepdims=True
    return x_exp / x_sum


def L1(yhat, y):
    return np.sum(np.abs(yhat - y))


softmax_test(softmax)
