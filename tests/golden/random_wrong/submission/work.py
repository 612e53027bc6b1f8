import numpy as np


def dropped(x, keep):
    return x * (np.random.random(len(x)) > keep) / keep
