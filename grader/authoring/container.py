"""A folder from which a container is built that grades classes, by this very numgrade and the versions it has here."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import grader
from grader.authoring.wheel import CONSTRAINTS, WHEEL, installed
from grader.course.templates import render
from grader.observe.packages import requirements

__all__ = ["container_files"]


def container_files(modules: Sequence[str] = ()) -> dict[str, bytes]:
    """The files by name; `modules` are the packages of a course.

    Raises `CourseError` where numgrade is not installed as a distribution.
    """
    context: dict[str, Any] = {
        "version": grader.__version__,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "wheel": WHEEL,
        "constraints": CONSTRAINTS,
        "packages": list(requirements(modules)),
    }
    texts = {
        "Dockerfile": render("Dockerfile.j2", **context),
        "README.txt": render("container.txt.j2", **context),
        "grade-class.cmd": render("grade-class.cmd.j2", **context).replace("\n", "\r\n"),
        "grade-class.sh": render("grade-class.sh.j2", **context),
    }
    return {name: text.encode() for name, text in texts.items()} | dict(installed(modules))
