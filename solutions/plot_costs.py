import numpy as np


def plot_costs(ax, costs, rate):
    # BEGIN SOLUTION
    ax.plot(np.arange(1, len(costs) + 1), costs, label="training")
    ax.set_xlabel("step")
    ax.set_ylabel("cost")
    ax.set_title(f"rate = {rate}")
    return ax
    # END SOLUTION
