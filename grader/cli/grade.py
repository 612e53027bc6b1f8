"""The program `grade`: it begins anew where it can, so that numpy is imported once. `grade_command` is what it does."""

from __future__ import annotations

import os
import sys

from grader.observe.anew import begin_anew

__all__ = ["main"]

_NOTHING_JUDGED = frozenset({"-h", "--help", "--version"})
_WALLS = "--isolation"  # behind which what runs submissions has to share nothing with what judges them


def main() -> None:
    """The command `grade`. Does not return."""
    if _is_for_that(sys.argv[1:]) and "_GRADE_COMPLETE" not in os.environ:
        begin_anew("cli.grade_command")
    from grader.cli import grade_command

    grade_command.main()


def _is_for_that(arguments: list[str]) -> bool:
    return not any(argument in _NOTHING_JUDGED or argument.startswith(_WALLS) for argument in arguments)


if __name__ == "__main__":
    main()
