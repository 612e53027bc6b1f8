"""The page for handing in: what `grader serve` shows. It holds no answer key, and runs nothing of anybody's."""
