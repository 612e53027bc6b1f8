"""Running code in a process of its own and writing down what it did. Nothing here knows what is right."""
