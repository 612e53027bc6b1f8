"""Of files of a class that are not judged. These follow a file's name and a colon."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Texts

__all__ = ["LEFT_OUT"]

LEFT_OUT: Final[Texts] = {
    "left_out.neither": "it is neither a .py nor an .ipynb file",
    "left_out.not_unpacked": "it is an archive of a kind that is not unpacked here; ask for a zip archive or the files",
    "left_out.computer": "the computer's own file, not work",
    "left_out.saved": "a copy that Jupyter or Python saved by itself, not work",
    "left_out.tools": "a folder of tools, not the student's own work",
    "left_out.hidden": "hidden, as what tools keep for themselves is, not work",
    "left_out.link": "it is a link, not a file",
    "left_out.not_plain": "it is not a plain file",
    "left_out.cannot_be_read": "it cannot be read: {why}",
    "left_out.folder_cannot_be_read": "this folder cannot be read: {why}",
    "left_out.too_deep": "it lies too many folders deep",
    "left_out.empty_archive": "it is an archive with nothing in it",
    "left_out.replaced": "replaced by {by}",
    "left_out.replaced.later": "what was handed in later",
    "left_out.note": "Blackboard's note of the hand-in, with what was typed there; work is handed in as a file",
    "left_out.list": "Brightspace's own list of the files, not work",
    "left_out.typed": "it was typed into {system}, not handed in as a file; ask for a .py or .ipynb file",
    "left_out.address": "it is the address of a page, not a file; ask for a .py or .ipynb file",
    "left_out.odd_name": "its name is not one that {system} gives, so nobody knows whose it is",
    "left_out.odd_place": "its place is not one that {system} gives, so nobody knows whose it is",
    "left_out.not_in_export": "Gradescope's table has it, and no file of it is here; export the submissions again",
    "left_out.no_submission": "it lies in no folder of a submission, so nobody knows whose it is",
    "left_out.owners": (
        "its name can be read as that of {readings}; rename it so that it tells whose it is, and run again"
    ),
    "left_out.owners.or": "{first} or of {then}",
    "left_out.owners.nameless": "somebody without a name ({id})",
    "left_out.owners.anybody_else": "whoever the table does not name",
    "left_out.limit": "{what}; look at it by hand, or ask for less",
    "left_out.many": ("this hand-in has more than {most:,} files that are not judged; look whether work is among them"),
    "left_out.limit.nested": "it lies more than {most} archives deep",
    "left_out.limit.size": "it is larger than {limit} MiB",
    "left_out.limit.names": "the archives of this hand-in have more than {most:,} files",
    "left_out.limit.files": "this hand-in has more than {most:,} files of code",
    "left_out.limit.out": "more than {size:g} MiB would come out of this hand-in",
    "left_out.limit.passed": "more than {size:g} MiB lie in the archives of this hand-in",
    "left_out.limit.code": "this hand-in has more than {size:g} MiB of code",
    "left_out.limit.slow": "it takes more than {seconds:g} s to unpack this hand-in",
}
