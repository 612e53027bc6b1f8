import numpy as np


def column_range(x):
    # BEGIN SOLUTION
    return {"low": np.min(x, axis=0), "high": np.max(x, axis=0)}
    # END SOLUTION
