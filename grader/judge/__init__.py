"""Comparing what was observed with an answer key, and saying so in words. Nothing here runs code."""
