def root_of(f, low, high):
    # BEGIN SOLUTION
    for _ in range(60):
        middle = (low + high) / 2
        if f(middle) < 0:
            low = middle
        else:
            high = middle
    return middle
    # END SOLUTION
