def label(number):
    # BEGIN SOLUTION
    return f"class {number}"
    # END SOLUTION
