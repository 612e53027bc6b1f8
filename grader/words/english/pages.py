"""The pages' own words: a student's, the class's, and the feedback in a notebook."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Plural, Texts

__all__ = ["PAGES"]

PAGES: Final[Texts] = {
    # A student's page.
    "page.skip": "Skip to the exercises",
    "page.exercises": "Exercises",
    "page.group": "{group}: a grade for all of the group",
    "page.result": Plural("count", "of {points} point", "of {points} points"),
    "page.earned": "{points} were earned. {late}",
    "page.open": Plural(
        "count",
        "{points} point is still open: something could not be judged yet, through no fault of yours.",
        "{points} points are still open: something could not be judged yet, through no fault of yours.",
    ),
    "page.open.without_work": Plural(
        "count",
        "{points} point is open until a person has looked at it.",
        "{points} points are open until a person has looked at it.",
    ),
    "page.nothing_handed_in": "Nothing was handed in.",
    "page.received": "Received {received}",
    "page.received.due": "Received {received}, due {due}",
    "page.by_hand": "{state}; points given by hand",
    "page.of": "{points} of {most}",
    "page.stands": "{state}, {points} of {most} points",
    "page.stands.by_hand": "{state}, {points} of {most} points, given by hand",
    "page.advice": "No points were lost by this.",
    "page.judged_by": "Judged by {versions}.",
    "page.fault.same": "The same fault as in “{title}”.",
    "page.hint": "Hint:",
    "page.differs": "(differs)",
    "page.line": "The line",
    "page.printed": "What it printed",
    # The page of a class.
    "page.code": "What you handed in",
    "page.code.cell": "Cell {cell}",
    "page.code.piece": "{file}, {piece}",
    "page.code.cut": "Only the first {count:,} characters are shown.",
    "class.title": "{assignment}, the class",
    "class.skip": "Skip to the report",
    "class.about": "For instructors: this page has names, hidden tests and their inputs.",
    "class.students": Plural("count", "student", "students"),
    "class.students.counted": Plural("count", "{count} student", "{count} students"),
    "class.mean": "points on average, of {most}",
    "class.median": "the median",
    "class.middle": "the middle half",
    "class.todo": "Needs a person",
    "class.todo.of": "{title}: {count}",
    "class.todo.show": "Show them",
    "class.todo.nothing": "Nothing: every file was judged.",
    "class.sections": "On this page",
    "class.who": "Who",
    "class.more_files": "({count:,} more files)",
    "class.more": "… and {count} more",
    "class.spread": "How the points are spread",
    "class.plot": "Students by their points",
    "class.plot.about": "Students by points: each bar begins at its number; the last has all {most}.",
    "class.plot.bar": "{label}: {count}.",
    "class.bar": "{low} to less than {high}",
    "class.bar.all": "{points}, all points",
    "class.table": "The same as a table",
    "class.column.points": "Points",
    "class.column.students": "Students",
    "class.column.student": "Student",
    "class.column.exercise": "Exercise",
    "class.column.received": "Handed in",
    "class.table.label": "The class",
    "class.table.signs": (
        "? has no points yet, * was given by hand; underlined is for you to look at: it has another "
        "name or cannot be read, nothing at all was found, or newer work came in after points by hand."
    ),
    "class.column.mean": "Mean",
    "class.column.all": "All",
    "class.column.some": "Some",
    "class.column.none": "None",
    "class.column.test": "Test, and how it fails",
    "class.exercises": "Points by exercise",
    "class.of": "of {most}",
    "class.tests": "Tests that fail most",
    "class.tests.about": (
        "Not counted: submissions in which there was nothing to call. Tests that fail alike stand together."
    ),
    "class.how": "{count} with {manner}",
    "class.how.otherwise": "{count} otherwise",
    "class.mistakes": "The commonest mistakes",
    "class.mistakes.example": "For example:",
    "class.example": "An example",
    "class.modes": "Ways of going wrong",
    "class.modes.about": "Submissions put together by what every test says of them: how many of its cases are right.",
    "class.modes.none": "No test is right.",
    "class.modes.passing": "{right} of {count}",
    "class.modes.more": "{count} more, in rarer ways.",
    "class.nothing": "Nothing in it: {count}",
    "class.nothing.about": (
        "None of the exercises was found, or begun, in what they handed in. "
        "Who handed in nothing at all is not in the gradebook."
    ),
    "class.versions": "Handed in more than once: {count}",
    "class.versions.about": "The last one counts; the others are kept.",
    "class.versions.show": "Show them, with the number of versions",
    "class.roster": "{first} to {last}",
    "class.roster.title": "{assignment}, students, part {number}",
    "class.roster.back": "The class",
    "class.note.nothing": "handed in nothing",
    "class.note.without_work": "handed in, nothing that can be judged: {files}",
    "class.note.variant": "variant {number}",
    "class.not_judged": "{count} not judged",
    # What needs a person.
    "todo.without_work": "Handed in, nothing that can be judged",
    "todo.without_work.advice": (
        "They have no points, which is not zero. Ask for the work in another form, or look at it and give points with "
        "`grader mark`."
    ),
    "todo.unjudged": "Not judged, through a fault of ours",
    "todo.unjudged.advice": "No grade was changed by it. `grader run` with the same files judges them again.",
    "todo.lost_work": "Lost only by its name, by where it stands, or because it cannot be read",
    "todo.lost_work.advice": (
        "Something was handed in that may be meant, and it could not be called. Their pages say what and where. Look "
        "at it, and give points with `grader mark`."
    ),
    "todo.unreadable": "Files that cannot be read",
    "todo.unreadable.advice": "Ask for them again, or look at them and give points with `grader mark`.",
    "todo.too_new": "Written for a newer Python",
    "todo.too_new.advice": (
        "This one cannot read it. Grade with a newer one, or look at it and give points with `grader mark`."
    ),
    "todo.limit": "Work lost to a limit",
    "todo.limit.advice": "There was too much of it, so some was not judged. Look at it by hand, or ask for less.",
    "todo.owner": "Files that may be of two students",
    "todo.owner.advice": ("They were not judged. Say whose they are by renaming them, and run `grader run` again."),
    "todo.left_out": "Files left out",
    "todo.left_out.advice": ("They were not judged. Most need nothing; look for work that hides under another name."),
    "todo.overtaken": "Points by hand that stand although newer work came in",
    "todo.overtaken.advice": "`grader mark` changes them.",
    "todo.taken_out": "Exercises taken out of the assignment",
    "todo.taken_out.advice": "Their grades are kept, but do not count until they are back in it.",
    "todo.changed": "Grades by an older form of their exercise",
    "todo.changed.advice": "They stand. `grader regrade` shows who would gain or lose.",
}
