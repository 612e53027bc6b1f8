"""The course in this folder is judged with (tests/test_golden.py); it is not one to be checked by pytest's plugin."""

collect_ignore = ["course"]
