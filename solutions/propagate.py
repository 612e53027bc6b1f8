import numpy as np


# BEGIN SOLUTION
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# END SOLUTION


def propagate(w, b, X, y):
    # BEGIN SOLUTION
    m = len(y)
    a = sigmoid(X @ w + b)
    cost = -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a)) / m
    errors = a - y
    return {"cost": cost, "dw": X.T @ errors / m, "db": np.sum(errors) / m}
    # END SOLUTION
