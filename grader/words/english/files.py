"""Of files that are not judged. These follow a file's name and a colon."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Texts

__all__ = ["FILES"]

FILES: Final[Texts] = {
    "file.missing": "it does not exist; check the name and the folder",
    "file.folder": "it is a folder; name a file in it",
    "file.device": "it is not a plain file but a device or a pipe; name a .py or .ipynb file",
    "file.forbidden": "it may not be read; change its permissions",
    "file.not_opened": "it cannot be opened: {why}",
    "file.neither": "it is neither a .py nor an .ipynb file; save your work as one of these",
    "file.too_large": "it is larger than {limit} MiB; keep data out of it, in a file of its own",
    "file.too_large.notebook": "it is larger than {limit} MiB; clear the outputs of its cells and save it again",
    "file.too_much_code": "it has more than {limit} MiB of code; keep data out of its cells",
    "file.too_many_cells": "it has more than {limit:,} code cells; hand in the ones that matter",
    "file.empty": "it is empty; save your work in your editor, then try again",
    "file.utf_16": "it is saved as UTF-16; save it as UTF-8 (in your editor: Save with encoding)",
    "file.utf_32": "it is saved as UTF-32; save it as UTF-8 (in your editor: Save with encoding)",
    "file.not_utf_8": "it is not UTF-8: line {line} has the byte {byte}; save it as UTF-8",
    "file.encoding_problem": (
        "Python refuses it for what line {line} says of how it is saved: `SyntaxError: encoding problem: {name}`; "
        "take that line away, or write utf-8 there, and save it as UTF-8"
    ),
    "file.unknown_encoding": "it says in line {line} that it is saved as {name}; save it as UTF-8",
    "file.not_as_declared": "it says that it is saved as {name}, and line {line} has the byte {byte}; save it as UTF-8",
    "file.nul": "it has a NUL character in line {line}, as no text has; save it again as UTF-8",
    "file.not_text": "it is {found}, not text; hand in the Python file itself",
    "file.web_page": "it is a web page, not the file that was meant; download the file itself, and hand in that",
    "file.git_lfs": (
        "it only says where Git LFS keeps the file; take the file itself (`git lfs pull`), and hand in that"
    ),
    "file.archive": "a zip archive or an Office document",
    "file.pdf": "a PDF",
    "file.picture": "a picture",
    "file.packed": "a compressed file",
    "file.rich_text": "a rich-text document",
    "file.office": "an Office document",
    "file.program": "a program",
    "file.notebook": "it holds a notebook, not Python text; rename it to {name}",
    "file.no_notebook": "it holds no notebook; if it is Python text, rename it to {name}",
    "file.no_code": "it has no code cells with anything in them; save it in Jupyter, then try again",
    "file.no_cells": "it is JSON, but no notebook: it has no cells; open it in Jupyter and save it again",
    "file.nothing_ran": "no cell of it has run; run the cells with your work",
    "file.not_a_notebook": "it is JSON, but not in the form of a notebook; open it in Jupyter and save it again",
    "file.other_language": (
        "it is a notebook for {language}, and nothing in it is Python; choose a Python kernel, and write the work "
        "in Python"
    ),
    "file.merge_conflict": (
        "it has the marks of a merge conflict in it (<<<<<<<); settle it, then save the notebook again"
    ),
    "file.cut_off": "it ends too early, as if it had not been saved or copied completely; save it again in Jupyter",
    "file.damaged": "it is damaged: its JSON does not parse; open it in Jupyter and save it again",
    "file.damaged.at": "it is damaged: its JSON does not parse (line {line}); open it in Jupyter and save it again",
}
