class Layer:
    # BEGIN SOLUTION
    def __init__(self, factor):
        self.factor = factor
        self.last = 0

    def forward(self, x):
        self.last = self.factor * x + self.last
        return self.last

    # END SOLUTION
