"""What messages say in English.

A place in a text is `{name}`, or `{name:how}` where `how` says how what stands there is written (`grader.words.text`).
"""
