class Optimiser:
    def __init__(self, rate):
        self.rate = rate
        self.steps = 0

    def next(self, w):
        return w * (1 - self.rate)

    def update(self, w):
        w *= 1 - self.rate
        self.steps += 1
