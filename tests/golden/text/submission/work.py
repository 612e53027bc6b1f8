import numpy as np


def label(number):
    return f'Class {number}'


def total(x):
    return np.sum(x)
