def newton(f, slope, start):
    x = start
    for _ in range(60):
        x = x - f(x) / slope(x)
    return x
