def batches(x, size):
    for start in range(0, len(x) - size + 1, size):
        yield x[start : start + size]


def root_of(f, low, high):
    for _ in range(60):
        middle = (low + high) / 2
        if f(middle) > 0:
            low = middle
        else:
            high = middle
    return middle
