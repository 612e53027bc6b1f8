# BEGIN SOLUTION
def double(x):
    return 2 * x


# END SOLUTION


def fourfold(x):
    # BEGIN SOLUTION
    return double(double(x))
    # END SOLUTION
