import numpy as np


def typed(x, start):
    return np.sum(x) + start, list(x)


class Optimiser:
    def __init__(self, rate):
        self.factor, self.steps = 1 - rate, 0

    def next(self, w):
        w *= self.factor
        self.steps += 1
        return w

    update = next


def quadratic(b, c):
    root = np.sqrt(b * b - 4 * c)
    return np.array([[b - root], [b + root]]) / 2


def stairs(n):
    for step in range(n):
        print("#" * (step + 1), end=" ")


def largest(x):
    return [max(abs(number) for number in row) for row in x]


class Scaler:
    def transform(self, x):
        return x / np.array(largest(x))[:, None]


def rotated(x):
    return np.sort(x)[::-1]


def stepped(parameters, gradients, rate):
    layers = len(parameters) // 2
    return {f"W{i}": parameters[f"W{i}"] - rate * gradients[f"dW{i}"] for i in range(1, layers + 1)} | {
        f"B{i}": parameters[f"b{i}"] - rate * gradients[f"db{i}"] for i in range(1, layers + 1)
    }
