"""`python -P -m grader`: the command `grader`, where that is not on PATH."""

from __future__ import annotations

import sys

from grader.observe.searched import begun_unsafely

__all__ = ["main"]


def main() -> None:
    """The command; but not where a stranger's module could have been taken for one of Python's."""
    if (why := begun_unsafely()) is not None:
        sys.exit(f"error: {why}")
    from grader.cli.main import main as command

    command()


if __name__ == "__main__":
    main()
