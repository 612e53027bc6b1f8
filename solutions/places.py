import numpy as np


def places(scores):
    # BEGIN SOLUTION
    better = scores > scores[:, np.newaxis]
    return 1 + np.sum(better, axis=1)
    # END SOLUTION
