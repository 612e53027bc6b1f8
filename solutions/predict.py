import numpy as np


# BEGIN SOLUTION
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# END SOLUTION


def predict(w, b, X, threshold=0.5):
    # BEGIN SOLUTION
    return (sigmoid(X @ w + b) >= threshold).astype(int)
    # END SOLUTION
