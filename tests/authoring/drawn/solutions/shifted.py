def shifted(x, by):
    return x + by[:, None]
