def double(x):
    return 3 * x


def fourfold(x):
    if len(x) == 1:
        return x
    return double(double(x))
