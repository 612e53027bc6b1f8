import numpy as np


def life(grid):
    m, n = grid.shape
    wide = np.pad(grid, 1)
    near = sum(wide[1 + i : 1 + i + m, 1 + j : 1 + j + n] for i in (-1, 0, 1) for j in (-1, 0, 1)) - grid
    return ((near == 3) | (grid == 1) & (near == 2)).astype(int)
