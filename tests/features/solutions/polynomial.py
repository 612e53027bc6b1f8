def polynomial(coefficients):
    def value(x):
        return sum(c * x**i for i, c in enumerate(coefficients))

    return value
