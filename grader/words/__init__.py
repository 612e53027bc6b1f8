"""Messages in words, for people: the last step, and the only one that knows a language."""
