import numpy as np


class float64(float):
    __module__ = "numpy"


float64.__qualname__ = "float64"


def typed(x, start):
    return float64(np.sum(x) + start), x.tolist()
