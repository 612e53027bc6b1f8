import numpy as np


def kmeans_step(points, centres):
    distances = ((points[:, None] - centres[None]) ** 2).sum(axis=2)
    nearest = distances.argmin(axis=1)
    return nearest, np.array([points[nearest == k].mean(axis=0) for k in range(len(centres))])
