"""A course on disk: specifications, signatures and answer keys. Nothing here starts a process."""
