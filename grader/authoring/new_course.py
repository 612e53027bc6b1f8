"""A new course: its course.yaml, with a seed, and what git should ignore."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from grader.course.folder import COURSE_FILE
from grader.course.seed import fresh_seed
from grader.disk import Readers, write_whole

__all__ = ["begin_course"]

_GENERATED: Final = ("gradebook.db*", "reports/", "feedback/", "packages/", "__pycache__/")
_COURSE: Final = """\
title: {title}

# The hidden inputs are drawn from it: whoever has it and an exercise can draw them again. Publish it nowhere, and keep
# it: with another seed they are other inputs.
seed: "{seed}"
"""
_GITIGNORE: Final = """\
# What numgrade writes here: grades, work and feedback of people, and packages with the answers of hidden tests.
{generated}

# What students get is made for them in handouts/: publish that, and keep this repository private. Should it be public
# all the same, remove the "#" before the names below, and keep these files somewhere else: git then keeps them no more.
# The reference solutions:
#solutions/
# The hidden tests, as they are written:
#exercises/
# The seed, from which the hidden inputs are drawn:
#course.yaml
"""


def begin_course(home: Path) -> tuple[str, ...]:
    """Make the folder `home` a course; a line for a person on each file. A .gitignore that is there stays as it is.

    Raises `GraderError` where it cannot be written.
    """
    course, ignored = home / COURSE_FILE, home / ".gitignore"
    text = _COURSE.format(title=home.resolve().name, seed=fresh_seed())
    write_whole(course, [text.encode()], Readers.OWNER)
    said = f"wrote {course}: {home.resolve()} is a course now"
    if ignored.exists() or ignored.is_symlink():
        return said, f"left {ignored} as it is; a course's has these lines too: {'  '.join(_GENERATED)}"
    write_whole(ignored, [_GITIGNORE.format(generated="\n".join(_GENERATED)).encode()], Readers.EVERYBODY)
    return said, f"wrote {ignored}"
