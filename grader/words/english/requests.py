"""What is said to whoever asks `grade` for something that cannot be done, and while it is done."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Texts

__all__ = ["REQUESTS"]

REQUESTS: Final[Texts] = {
    "ask.no_work": (
        "{folder}: no .py file and no .ipynb file in this folder.\nGo to the folder with your work, or name a file."
    ),
    "ask.no_work.below": (
        "{folder}: no .py file and no .ipynb file in this folder, but in folders below it ({some}).\n"
        "Name one of them, or a file."
    ),
    "ask.no_work.class": "To grade a class, a folder for each student: `grader run {folder}`.",
    "ask.folder_unreadable": "{folder}: this folder cannot be read: {why}",
    "ask.no_such": "{path}: no such file or folder{meant}",
    "ask.no_such.nor_exercise": "{path}: no such file or folder, and no exercise{meant}",
    "ask.no_kind": "{path}: neither a .py file nor an .ipynb notebook",
    "ask.meant": "; did you mean {name}?",
    "ask.there_are": "; there are: {names}",
    "ask.there_are.none": "; there are: none",
    "ask.no.exercise": "no exercise {name}{meant}",
    "ask.no.assignment": "no assignment {name}{meant}",
    "ask.several_assignments": "this course has several assignments ({names}); choose one with {how}",
    "ask.reveal": (
        "--reveal is for a course folder. This is a handout: no hidden test is in it, so there is none to reveal."
    ),
    "ask.nothing": (
        "{file}: nothing here that an exercise asks for ({names}).\n"
        "Name the exercise with -e NAME to hear what is missing."
    ),
    "ask.nothing.files": (
        "these files: nothing here that an exercise asks for ({names}).\n"
        "Name the exercise with -e NAME to hear what is missing."
    ),
    "ask.to_screen": "{option} writes text to the screen: leave out --format and --output.",
    "ask.hint_or_watch": "--hint gives one hint and ends; in --watch, press h for a hint.",
    "ask.looks_like_work": "{file}: that looks like somebody's work; give the report a name of its own",
    "ask.bare": (
        "note: {course}: the code of this course (solutions, expressions, misconceptions) runs without walls on this "
        "computer, and can do what you can; use only courses of people whom you trust. `grader doctor` says what is "
        "missing."
    ),
    "ask.preparing": "Preparing {name} …",
    "ask.running": "Running the code …",
    "ask.wrote": "Wrote {file}",
}
