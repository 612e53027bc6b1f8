import random

import numpy as np


def dropped(x, keep):
    return np.array([number / keep if random.random() < keep else 0.0 for number in x])
