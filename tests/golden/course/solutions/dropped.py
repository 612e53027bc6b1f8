import numpy as np


def dropped(x, keep):
    # BEGIN SOLUTION
    return x * (np.random.random(len(x)) < keep) / keep  # noqa: NPY002 — seeded before each call
    # END SOLUTION
