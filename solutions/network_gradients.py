import numpy as np


def network_cost(X, y, W1, b1, W2, b2):
    """What the network costs on these examples, in the mean."""
    a = np.tanh(X @ W1 + b1)
    p = 1 / (1 + np.exp(-(a @ W2 + b2)))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def numerical_slopes(cost, array, step=1e-5):
    """How fast `cost(array)` grows with each element of `array`: it is moved a little to both sides."""
    slopes = np.zeros(array.shape)
    for place in np.ndindex(array.shape):
        moved = np.array(array, dtype=float)
        moved[place] += step
        above = cost(moved)
        moved[place] -= 2 * step
        slopes[place] = (above - cost(moved)) / (2 * step)
    return slopes


def network_gradients(X, y, W1, b1, W2, b2):
    # BEGIN SOLUTION
    m = len(y)
    a = np.tanh(X @ W1 + b1)
    p = 1 / (1 + np.exp(-(a @ W2 + b2)))
    last = (p - y) / m
    hidden = np.outer(last, W2) * (1 - a**2)
    return {
        "dW1": X.T @ hidden,
        "db1": np.sum(hidden, axis=0),
        "dW2": a.T @ last,
        "db2": np.sum(last),
    }
    # END SOLUTION
