"""What comes with a handout: its page, README.txt, the fixed cells of the notebook, the fixed words of sheets."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Plural, Texts

__all__ = ["HANDOUTS"]

# README.txt and code are as wide as 80 columns: where a line of them ends is part of the text.
HANDOUTS: Final[Texts] = {
    # What comes with a handout.
    "handout.due": "Due {due}",
    "handout.points": Plural("count", "{points} point", "{points} points"),
    "handout.write": "What to write",
    "handout.first_line": "The function's first line",
    "handout.optional": ", optional",
    "handout.returns": "returns",
    "handout.example": "Example",
    "handout.examples": "Examples",
    "handout.example.of": "{title}, {name}",
    "handout.check": "Check your work",
    "handout.fill.scripts": ("Fill in the files where it says `{todo}`. Then open a terminal in this folder."),
    "handout.fill.notebook": (
        "Fill in the notebook `{notebook}` where it says `{todo}`. Then open a terminal in this folder."
    ),
    "handout.fill.both": (
        "Fill in the files, or the notebook `{notebook}`, where it says `{todo}`. Then open a terminal in this folder."
    ),
    "handout.install": ("Once, to install the checker `grade` (it needs Python 3.11 or newer):"),
    "handout.installation": "Installation",
    "handout.commands": "Commands",
    "handout.often": "Then, as often as you like:",
    "handout.checker": "With the checker `grade`, which you install as your instructor says:",
    "handout.tells": (
        "It tells you what is right, what is not yet, and where to look. Hidden tests, which run when your work is "
        "collected, decide the points."
    ),
    "handout.uses": "You may call your own solution of {functions} here.",
    "handout.made": "For each call, {made}.",
    "handout.made.by": "`{name}` is made by `{code}`",
    "handout.viewed": "Of your `result`, `{view}` is compared.",
    "handout.random": (
        "Draw from `np.random`, or from a generator of your own. Your function is called {samples} times, each time "
        "with other random numbers, and all results are looked at together."
    ),
    "handout.printed.exactly": "What is printed counts, to the last space.",
    "handout.printed.lines": "What is printed counts; spaces at the ends of lines make no difference.",
    "handout.printed.words": ("What is printed counts, word for word; spaces and ends of lines make no difference."),
    "handout.command.file": "one exercise",
    "handout.command.notebook": "the notebook",
    "handout.command.folder": "all files of this folder",
    "sheet.always": "Always {value}.",
    "sheet.either": "One of {most} or {last}.",
    "sheet.number": "A number {extent}.",
    "sheet.numbers": "Numbers {extent}.",
    "sheet.whole_number": "A whole number {extent}.",
    "sheet.whole_numbers": "Whole numbers {extent}.",
    "sheet.exactly": "exactly {type}",
    "sheet.exactly.part": "{place} exactly {type}",
    "sheet.keys.pattern": "In {keys}, `*` stands for any text.",
    "sheet.keys.optional": "{keys} may be missing.",
    "sheet.keys.extra": "There may be further keys.",
    "sheet.keys.extra.part": "There may be further keys in {place}.",
    "extent.at_most": "of at most {most}",
    "extent.at_least": "of at least {least}",
    "extent.between": "from {least} to {most}",
    "stub.todo": "# YOUR CODE HERE",
    "readme.read": "1. Read handout.html in a browser. It needs no network, and prints well.",
    "readme.write.both": '2. Write your code where it says "{todo}". Either in the files',
    "readme.write.scripts": '2. Write your code where it says "{todo}". In the files',
    "readme.write.notebook": (
        '2. Write your code where it says "{todo}". In the notebook {notebook}.\n   Keep the names of the functions.'
    ),
    "readme.keep": "   Keep the names of the functions.",
    "readme.keep.notebook": "   or in the notebook {notebook}. Keep the names of the functions.",
    "readme.check.wheel": (
        "3. See how far you are. This needs the checker `grade`, once, and Python 3.11\n"
        "   or newer. Open a terminal in this folder, and copy this line into it:"
    ),
    "readme.check.often": "   Then, in the same place, as often as you like:",
    "readme.check": (
        "3. See how far you are. This needs the checker `grade`, once, and Python 3.11\n"
        "   or newer. Install it as your instructor says (it is the Python package\n"
        "   numgrade). Then, in this folder, as often as you like:"
    ),
    "readme.packages": "   Beside numpy, this assignment needs {packages}:",
    "readme.hand_in": "4. Hand in.",
    "readme.hint": "   A first hint, if you are stuck:",
    "readme.notebook": "   In the notebook, run the cell below an exercise: it begins with %grade.",
    "readme.about": (
        "`grade` runs your code on your own computer and sends nothing anywhere. It\n"
        'knows the examples and some practice inputs with their answers, so "nothing\n'
        'wrong here" is good news, but not yet the points: those are decided by hidden\n'
        "tests, which run when your work is collected."
    ),
    "readme.key": "Leave the file handout.key where it is. `grade` needs it.",
    "notebook.due": " · due {due}",
    "notebook.intro": (
        "Write your code where it says `{todo}`, and keep the names of the functions. "
        "Run your cell, and then the cell\n"
        "below it, which begins with `%grade`: it shows how far you are, here on this computer, "
        "and sends nothing anywhere. Keep the\n"
        "file `handout.key` beside this notebook; the answers come from it. "
        "In a terminal, `grade {notebook}` says the same of\n"
        "the notebook as it was saved."
    ),
    "notebook.hand_in": "Hand in.",
    "notebook.begin": "Run the two cells below first.",
    "notebook.setup": (
        "As %load_ext grader, which has %grade check your work; where it is missing, with a word on that."
    ),
    "notebook.setup.wheel": "To check your work here, run this in a cell, and then this cell again:",
    "notebook.setup.ask": (
        "To check your work here, install the package numgrade as your instructor says; then run this cell again."
    ),
    "notebook.parameters": "Parameters",
    "notebook.returns": "Returns",
    "notebook.examples": "Examples",
    "notebook.about": ". {about}",
}
