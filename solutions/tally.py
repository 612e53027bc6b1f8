import numpy as np


def tally(accounts, amounts, count):
    # BEGIN SOLUTION
    totals = np.zeros(count)
    np.add.at(totals, accounts, amounts)
    return totals
    # END SOLUTION
