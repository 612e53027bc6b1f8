"""The English texts of remarks on what was judged."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Plural, Texts

__all__ = ["REMARKS"]

REMARKS: Final[Texts] = {
    "cells.reordered": (
        "Cells were run out of order. They are judged in the order in which they ran: {cells}. "
        "Before you hand the notebook in, restart its kernel and run all cells."
    ),
    "cells.failed": Plural(
        "count",
        "Cell {cells} stopped with an error, and is not judged: what counts is the last run that went through.",
        "Cells {cells} stopped with errors, and are not judged: what counts are the last runs that went through.",
    ),
    "thread_left": "`{name}` left a thread running after it had returned; the thread was ended.",
    "other_numpy": (
        "The answers were made with numpy {made}, and numpy {here} runs here: names and some results differ between "
        "the two. Install the one that the course uses if something here makes no sense."
    ),
    "first_variant": (
        "`{assignment}` has {count} variants, and each student has one of them. Nobody's id is known here, so this was "
        "judged as variant 0."
    ),
    "np_supplied": (
        "`np` was not imported in this file; it was supplied here. "
        "Add `import numpy as np`, or the file fails on its own."
    ),
    "of_file": "{file}: {remark}",
    "taken_from": Plural(
        "count",
        "Taken from {file}, {why}; {names} defines it too.",
        "Taken from {file}, {why}; {names} define it too.",
    ),
    "left_aside": "{file} was left aside: no exercise was judged from it.",
    "nothing_can_be_judged": "Of what was handed in last, nothing can be judged: {files}.",
    "taken_from.name": "which has its name",
    "taken_from.newest": "the newest",
    "taken_from.last": "the last in order of time, and of those as old in order of names",
    "taken_from.another": "another {file}",
    "taken_from.others": Plural("count", "{count:,} other", "{count:,} others"),
    "a_class": "Are these files of several students? `grader run FOLDER` grades a class.",
    "a_class.folder": (
        "Only the files of {folder} itself were graded. Its folders {first}, {second}, … hold the same files, as those "
        "of several students do: `grader run {folder}` grades a class."
    ),
    "followed.missing": Plural(
        "count",
        "Judged with {functions}, for there is none {here}: that costs points once, in its own exercise.",
        "Judged with {functions}, for there is none {here}: that costs points once, in their own exercises.",
    ),
    "followed.wrong": Plural(
        "count",
        "Judged with {functions}, for the one {here} is wrong: that costs points once, in its own exercise.",
        "Judged with {functions}, for the ones {here} are wrong: that costs points once, in their own exercises.",
    ),
    "followed.right": "a right `{name}`",
    "followed.file": "in this file",
    "followed.files": "in these files",
    "will_follow": Plural(
        "count",
        "This uses {functions:code}, which is not right yet. Grading the class charges that once, in its own exercise.",
        "This uses {functions:code}, which are not right yet. "
        "Grading the class charges that once, in their own exercises.",
    ),
    "not_explained": "Why this is wrong could not be looked into ({error}). That fault is the grader's.",
    "not_judged": "This could not be judged. The fault is the grader's, not yours, and it costs no points.",
    "not_judged.because": (
        "This could not be judged ({reason}). The fault is the grader's, not yours, and it costs no points."
    ),
}
