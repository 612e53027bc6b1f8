import numpy as np


def stratified_split(labels, share):
    # BEGIN SOLUTION
    train, test = [], []
    for one in np.unique(labels):
        members = np.random.permutation(np.flatnonzero(labels == one))
        count = round(share * len(members))
        test.append(members[:count])
        train.append(members[count:])
    return np.concatenate(train), np.concatenate(test)
    # END SOLUTION
