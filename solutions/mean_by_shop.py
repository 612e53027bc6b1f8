import pandas as pd


def mean_by_shop(sales):
    # BEGIN SOLUTION
    known = sales.dropna(subset=["amount"])
    return known.groupby("shop")["amount"].mean().sort_values(ascending=False)
    # END SOLUTION
