def batches(x, size):
    # BEGIN SOLUTION
    for start in range(0, len(x), size):
        yield x[start : start + size]
    # END SOLUTION
