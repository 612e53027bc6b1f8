import numpy as np


class Scaler:
    def __init__(self):
        self.names = [name for name in ("rows",)]  # noqa: C416

    def transform(self, x):
        return x / self._largest(x)

    def _largest(self, x):
        return np.max(np.abs(x), axis=1, keepdims=True)
