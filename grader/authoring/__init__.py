"""Writing, testing and handing out exercises."""
