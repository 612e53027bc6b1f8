"""Outside formats, a module each: gradebooks and results of other systems, read and written."""
