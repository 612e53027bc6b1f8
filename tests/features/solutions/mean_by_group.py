def mean_by_group(frame):
    return frame.groupby("group")["value"].mean()
