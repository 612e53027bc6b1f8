import numpy as np

POOLS = {"sum": np.sum, "mean": np.mean, "largest": np.max}


def pooled(x, how):
    # BEGIN SOLUTION
    return POOLS[how](x, axis=0)
    # END SOLUTION
