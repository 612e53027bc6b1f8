import numpy as np


def layer_forward(A, W, b, activation):
    # BEGIN SOLUTION
    Z = A @ W + b
    if activation == "relu":
        out = np.maximum(Z, 0)
    elif activation == "sigmoid":
        out = 1 / (1 + np.exp(-Z))
    else:
        out = np.tanh(Z)
    return Z, out
    # END SOLUTION
