import numpy as np


import threading


def double(x):
    threading.Thread(target=threading.Event().wait).start()
    return 2 * x


def total(x):
    return np.sum(x)
