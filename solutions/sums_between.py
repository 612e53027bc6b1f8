import numpy as np


def sums_between(x, starts, stops):
    # BEGIN SOLUTION
    totals = np.concatenate([[0], np.cumsum(x)])
    return totals[stops] - totals[starts]
    # END SOLUTION
