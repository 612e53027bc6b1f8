import numpy as np


def bootstrap_interval(x, resamples):
    # BEGIN SOLUTION
    means = np.random.choice(x, size=(resamples, len(x))).mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return low, high
    # END SOLUTION
