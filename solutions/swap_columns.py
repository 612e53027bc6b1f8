import numpy as np


def swap_columns(x, i, j):
    # BEGIN SOLUTION
    x[:, [i, j]] = x[:, [j, i]]
    # END SOLUTION
