import numpy as np


from course_utils import check_all


def double(x):
    return 2 * x


def total(x):
    return np.sum(x)


check_all(double, total)
