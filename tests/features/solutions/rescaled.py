def rescaled(x):
    x -= x.mean(axis=0)
