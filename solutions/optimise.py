import numpy as np


# BEGIN SOLUTION
def propagate(w, b, X, y):
    a = 1 / (1 + np.exp(-(X @ w + b)))
    cost = -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    return {"cost": cost, "dw": X.T @ (a - y) / len(y), "db": np.mean(a - y)}


# END SOLUTION


def optimise(w, b, X, y, steps, rate):
    # BEGIN SOLUTION
    costs = []
    for _ in range(steps):
        slopes = propagate(w, b, X, y)
        costs.append(slopes["cost"])
        w = w - rate * slopes["dw"]
        b = b - rate * slopes["db"]
    return {"w": w, "b": b, "costs": np.array(costs)}
    # END SOLUTION
