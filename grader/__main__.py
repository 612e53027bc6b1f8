"""`python -P -m grader`: the command `grader`, where that is not on PATH."""

from __future__ import annotations

import sys

from grader.observe.import_paths import begun_unsafely

__all__ = ["main"]


def main() -> None:
    """Refuse before anything else is imported, where it could be a stranger's."""
    if (why := begun_unsafely()) is not None:
        sys.stderr.write(f"error: {why}\n")
        sys.exit(2)
    from grader.cli.main import main as enter

    enter()


if __name__ == "__main__":
    main()
