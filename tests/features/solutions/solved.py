import numpy as np


def solved(a, b):
    rows, n = np.column_stack([a, b]).astype(float), len(b)
    for i in range(n):
        pivot = i + np.argmax(np.abs(rows[i:, i]))
        if abs(rows[pivot, i]) < 1e-12:
            raise ValueError("a is singular")
        rows[[i, pivot]] = rows[[pivot, i]]
        rows[i] /= rows[i, i]
        for j in range(n):
            if j != i:
                rows[j] -= rows[j, i] * rows[i]
    return rows[:, -1]
