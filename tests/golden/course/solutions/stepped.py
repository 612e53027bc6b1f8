import numpy as np


def stepped(parameters, gradients, rate):
    # BEGIN SOLUTION
    new = {name: value - rate * gradients[f"d{name}"] for name, value in parameters.items()}
    return {**new, "largest": max(np.abs(value).max() for value in gradients.values())}
    # END SOLUTION
