"""Why there are no answer keys to judge by."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Texts

__all__ = ["KEYS"]

KEYS: Final[Texts] = {
    "judged_by.nothing": (
        "no exercises found: neither {place} nor a folder above it has a course.yaml (a course) or a handout.key "
        "(a handout).\n{advice}"
    ),
    "judged_by.neither": (
        "{file}: this file is neither a course nor a handout; --course takes the folder with the course.yaml or the "
        "handout.key"
    ),
    "judged_by.nothing_here": "{folder}: no course here (no course.yaml) and no handout (no handout.key)",
    "judged_by.unreadable": (
        "{file}: this key file cannot be read ({why}); take it from the handout again, or ask for a new one (whoever "
        "teaches makes it with `grader build`)"
    ),
    "judged_by.other_version": (
        "{file}: this key file is of another version of numgrade ({version}); take it from the handout again, or ask "
        "for a new one (whoever teaches makes it with `grader build`)"
    ),
    "judged_by.for_students": "Go to the folder that your instructor gave you, or name it with --course DIR.",
    "judged_by.for_notebooks": (
        "Have the notebook in the folder that your instructor gave you, beside its handout.key, or name the folder: "
        'check("NAME", course="DIR").'
    ),
    "judged_by.for_authors": (
        "Go to a course's folder, or name it with --course DIR. To begin one: an empty course.yaml makes a folder a "
        "course, and `grader new NAME` writes both, it and an exercise."
    ),
}
