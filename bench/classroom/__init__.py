"""A class made up from a seed: students, their work with the mix of real life, and every layout of a download."""
