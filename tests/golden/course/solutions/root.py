def root(x):
    # BEGIN SOLUTION
    if x < 0:
        raise ValueError("x is negative")
    return x**0.5
    # END SOLUTION
