import numpy as np


def initialise_layers(units):
    # BEGIN SOLUTION
    return [{"W": np.random.randn(p, q) * np.sqrt(2 / p), "b": np.zeros(q)} for p, q in zip(units, units[1:])]
    # END SOLUTION
