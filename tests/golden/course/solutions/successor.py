def successor(n):
    # BEGIN SOLUTION
    return n + 1
    # END SOLUTION
