"""Measurements. Each module is a script that prints what it measured, and on what: `python -m bench.start`."""
