import numpy as np


def typed(x, start):
    return np.float64(sum(x.tolist(), float(start))), [float(number) for number in x]


class Optimiser:
    def __init__(self, rate):
        self.factor, self.steps = 1 - rate, 0

    def next(self, w):
        return np.multiply(w, self.factor)

    def update(self, w):
        w[:] = self.next(w)
        self.steps = self.steps + 1


def quadratic(b, c):
    root = (b * b - 4 * c) ** 0.5
    return (-b - root) / 2, (-b + root) / 2


def stairs(n):
    print(*("#" * (step + 1) + "  " for step in range(n)), sep="\n", end="\n\n")
    return n


class Scaler:
    def __init__(self):
        for _ in range(2):
            self.axis = 1

    def transform(self, x):
        largest = np.abs(x).max(axis=self.axis)
        return (x.T / largest).T


def rotated(x):
    return np.concatenate([x[-1:], x[:-1]])


def stepped(parameters, gradients, rate):
    new = {"layers": len(parameters) // 2}
    for number in range(new["layers"], 0, -1):
        for name in (f"b{number}", f"W{number}"):
            new[name] = np.subtract(parameters[name], np.multiply(gradients[f"d{name}"], rate))
    return new
