import numpy as np


class BatchNorm:
    def __init__(self, n, momentum):
        # BEGIN SOLUTION
        self.gamma, self.beta = np.ones(n), np.zeros(n)
        self.mean, self.variance = np.zeros(n), np.ones(n)
        self.momentum = momentum
        # END SOLUTION

    def forward(self, x):
        # BEGIN SOLUTION
        mean, variance = x.mean(axis=0), x.var(axis=0)
        self.mean = self.momentum * self.mean + (1 - self.momentum) * mean
        self.variance = self.momentum * self.variance + (1 - self.momentum) * variance
        return self._scaled(x, mean, variance)
        # END SOLUTION

    def predict(self, x):
        # BEGIN SOLUTION
        return self._scaled(x, self.mean, self.variance)
        # END SOLUTION

    # BEGIN SOLUTION
    def _scaled(self, x, mean, variance):
        return self.gamma * (x - mean) / np.sqrt(variance + 1e-5) + self.beta

    # END SOLUTION
