def flattened(nested):
    found = []
    for one in nested:
        found += flattened(one) if isinstance(one, list) else [one]
    return found
