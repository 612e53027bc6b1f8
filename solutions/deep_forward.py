import numpy as np


# BEGIN SOLUTION
def layer_forward(A, W, b, activation):
    Z = A @ W + b
    return Z, np.maximum(Z, 0) if activation == "relu" else 1 / (1 + np.exp(-Z))


# END SOLUTION


def deep_forward(X, layers):
    # BEGIN SOLUTION
    A = X
    for layer in layers[:-1]:
        _, A = layer_forward(A, layer["W"], layer["b"], "relu")
    _, A = layer_forward(A, layers[-1]["W"], layers[-1]["b"], "sigmoid")
    return A
    # END SOLUTION
