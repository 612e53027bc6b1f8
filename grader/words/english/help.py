"""What `grade --help` says. These are read where the command begins, before anything else is loaded."""

from __future__ import annotations

from typing import Final

__all__ = ["HELP"]

# What follows a line of nothing but a backspace is laid out as it stands.
HELP: Final[dict[str, str]] = {
    "help.grade": """\
Grade a solution and say what is right, what is wrong, and where.

PATHS are Python files, notebooks, or folders of them; without any, the current folder. The name of an exercise
stands for what there is of it in the folder. The exercises are those of the nearest course or handout, in the
folder of the first path or above it.

\b
Examples:
  grade                        everything in this folder
  grade softmax.py             one file: the exercises that it answers
  grade softmax                one exercise, be it in a file or in the notebook
  grade work.ipynb -e softmax  one exercise of a notebook
  grade --hint                 the next hint, one at a time; after the last, all of them
  grade --watch                grade while you work
  grade --format json          for a program of your own

\b
Exit status:
  0  nothing that can be seen is wrong
  1  something is not right yet
  2  the request cannot be carried out
  3  something could not be judged, through a fault of ours""",
    "help.exercises": "Judge this exercise; may be repeated.",
    "help.assignment": "Judge the exercises of this assignment.",
    "help.course": "The course or handout, where it is not in a folder above.",
    "help.form": "Form of the report.",
    "help.output": "Write the report to FILE.",
    "help.reveal": "How much is told about hidden tests (in a course folder; else hint).",
    "help.isolation": "How far the work is kept from this machine (`grader doctor`); auto: as far as can be.",
    "help.hint": "Give the next hint for the first exercise that is not right yet.",
    "help.watch": "Stay, and grade again whenever a file changes.",
    "help.language": "The language of what is said; else the course's, else the machine's, else English.",
    "help.version": "Show the version and exit.",
    "help.help": "Show this message and exit.",
    "help.title.options": "Options",
    "help.title.usage": "Usage: ",
}
