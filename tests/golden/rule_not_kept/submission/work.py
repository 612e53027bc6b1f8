import numpy as np
from numpy.linalg import norm as length


def squares(x):
    return length(x, axis=1) ** 2
