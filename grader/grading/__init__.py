"""Compiling answer keys and grading submissions: the only room that asks observers and calls the judge."""
