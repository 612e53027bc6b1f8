import numpy as np


def update_layers(layers, gradients, rate):
    # BEGIN SOLUTION
    return [
        {"W": layer["W"] - rate * slopes["dW"], "b": layer["b"] - rate * slopes["db"]}
        for layer, slopes in zip(layers, gradients, strict=True)
    ]
    # END SOLUTION
