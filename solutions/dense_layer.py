import numpy as np


class Layer:
    def __init__(self, W, b):
        # BEGIN SOLUTION
        self.W, self.b = W, b
        # END SOLUTION

    def forward(self, A):
        # BEGIN SOLUTION
        self.A = A
        return A @ self.W + self.b
        # END SOLUTION

    def backward(self, dZ):
        # BEGIN SOLUTION
        self.dW = self.A.T @ dZ
        self.db = np.sum(dZ, axis=0)
        return dZ @ self.W.T
        # END SOLUTION

    def step(self, rate):
        # BEGIN SOLUTION
        self.W = self.W - rate * self.dW
        self.b = self.b - rate * self.db
        # END SOLUTION
