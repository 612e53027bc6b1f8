"""What is offered in a notebook: `check`, and the magic `%grade`. The names of IPython's own extension interface."""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import sys
from typing import Any, Final

from grader.errors import GraderError
from grader.notebook.cells import to_judge
from grader.notebook.history import recorder_of
from grader.notebook.process import Answer, Judges

__all__ = ["check", "load_ipython_extension", "unload_ipython_extension"]

_JUDGES: Final = Judges()
atexit.register(_JUDGES.close)

_MAGIC: Final = "grade"
_HINT: Final = "--hint"
_WORD: Final = re.compile(r"""[^\s,;'"()]+""")
_NO_NOTEBOOK: Final = (
    "check: this judges the cells of an open notebook, and none is open here; for a file, run in a terminal: grade FILE"
)


def check(*exercises: str, hint: bool = False, course: str | os.PathLike[str] | None = None) -> None:
    """Judge this notebook's cells, as they were run, and show what is right and what is wrong.

    Parameters
    ----------
    exercises
        Names of exercises, or their functions; without any, those that the cells are about.
    hint
        Show the next hint in place of the feedback: one more each time.
    course
        The folder of the handout or course, where it is not the working folder or above it.

    Examples
    --------
    >>> check("softmax")  # doctest: +SKIP
    >>> check("softmax", hint=True)  # doctest: +SKIP
    """
    shell = active_shell()
    if shell is None:
        sys.stderr.write(f"{_NO_NOTEBOOK}\n")
        return
    try:
        answer = _JUDGES.ask(_question(shell, exercises, hint=hint, course=course))
    except (GraderError, OSError) as error:  # as where the working folder is gone
        answer = Answer({"text/plain": f"error: {error}"})
    if answer.notes:
        sys.stderr.write(f"{answer.notes}\n")
    shell.display_pub.publish(dict(answer.forms))
    _prepare()


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext grader`: the magic `%grade`, and `check` where that name is free."""
    recorder_of(shell)
    shell.register_magic_function(_grade, magic_name=_MAGIC)
    shell.user_ns.setdefault(check.__name__, check)
    _prepare()


def _prepare() -> None:
    """For the next question. Why that fails, if it does, is said when it is asked."""
    with contextlib.suppress(GraderError):
        _JUDGES.prepare()


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext grader`."""
    shell.magics_manager.magics["line"].pop(_MAGIC, None)
    if shell.user_ns.get(check.__name__) is check:
        del shell.user_ns[check.__name__]


def active_shell() -> Any:
    """IPython's shell where this is one. IPython itself is never imported: where it is not, there is no notebook."""
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module is not None else None
    if shell is not None:
        recorder_of(shell)
    return shell


def _grade(line: str) -> None:
    """Judge this notebook's cells: `%grade NAME`, `%grade NAME --hint`."""
    words = _WORD.findall(line.partition("#")[0])
    check(*(word for word in words if word != _HINT), hint=_HINT in words)


def _question(
    shell: Any, exercises: tuple[str, ...], *, hint: bool, course: str | os.PathLike[str] | None
) -> dict[str, object]:
    judged = to_judge(recorder_of(shell).runs(shell))
    return {
        "cells": judged.cells,
        "reordered": judged.reordered,
        "failed": judged.failed,
        "exercises": [each if isinstance(each, str) else getattr(each, "__name__", repr(each)) for each in exercises],
        "hint": hint,
        "folder": os.getcwd(),  # noqa: PTH109 - as the kernel has it
        "course": None if course is None else os.fspath(course),
        "html": hasattr(shell, "kernel"),  # in a terminal there is nobody to show it to
    }
