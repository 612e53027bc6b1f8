"""A notebook's kernel: what it has run, and asking a process of its own to judge it. Knows nothing of what is right."""
