class RunningMean:
    def __init__(self):
        self.reset()

    def reset(self):
        self.total, self.count = 0.0, 0

    def add(self, number):
        self.total, self.count = self.total + number, self.count + 1

    @property
    def mean(self):
        return self.total / self.count if self.count else 0.0
