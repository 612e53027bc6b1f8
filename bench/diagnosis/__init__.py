"""What is said of wrong solutions, and that nothing is said of right ones."""
