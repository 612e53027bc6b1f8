"""Auto-graded numpy exercises. The commands are `grade` (students) and `grader` (instructors)."""

__version__ = "0.1.0"
__all__ = ["__version__"]
