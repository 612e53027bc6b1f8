import numpy as np


def initialise_weights(n):
    # BEGIN SOLUTION
    return {"w": np.zeros(n), "b": 0.0}
    # END SOLUTION
