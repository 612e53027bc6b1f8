import numpy as np


def vocabulary(words):
    return len(np.unique(words))
