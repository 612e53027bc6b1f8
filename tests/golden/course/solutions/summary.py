def summary(x):
    # BEGIN SOLUTION
    return x.mean(axis=0), {"low": x.min(axis=0), "high": x.max(axis=0)}
    # END SOLUTION
