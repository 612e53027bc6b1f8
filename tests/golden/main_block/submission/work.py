import numpy as np


def double(x):
    return 2 * x


def total(x):
    return np.sum(x)


if __name__ == "__main__":
    print(double(np.array([1, 2])))
    while True:
        pass
