def typed(x, start):
    return start + x.sum(), x.tolist()
