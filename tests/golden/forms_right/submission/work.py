import numpy as np


def typed(x, start):
    return np.float64(sum(x.tolist(), float(start))), [float(number) for number in x]
