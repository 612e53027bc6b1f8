import numpy as np


from public_tests import *


@timed
def double(x):
    return 2 * x


def total(x):
    return np.sum(x)
