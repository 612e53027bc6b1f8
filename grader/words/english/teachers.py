"""What the commands of teachers print: `grader show`, `run`, `regrade` and `mark`."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Plural, Texts

__all__ = ["TEACHERS"]

TEACHERS: Final[Texts] = {
    "show.title": "  {title}, {points}",
    "show.examples": "Examples: students see them, with these answers",
    "show.hidden": "Hidden tests",
    "show.practice": "Practice: goes into the handout, smallest first",
    "show.optional": "{type}, may be left out",
    "show.more": Plural("count", "And {count} more case.", "And {count} more cases."),
    "show.worth": ", {points}",
    "show.advice": ", advice: costs no points",
    "show.samples": "{count}, whose results conditions see as a list",
    "show.raises": "raises {error}",
    "show.raises.something": "raises",
    "show.timed_out": "does not finish in time",
    "show.out_of_memory": "needs too much memory",
    "show.crashed": "crashes Python",
    "show.exited": "ends Python",
    "show.flooded": "prints without end",
    "show.unrun": "was not tried",
    "show.unbuilt": "was not made, for what is built for it raises",
    "show.unviewed": "returns what cannot be looked at",
    "show.overdue": "was not finished",
    "show.part": "part {part}",
    "show.misconceptions": "Misconceptions, and how many of the cases that count they fail",
    "show.failed": ", {failed} of {count}",
    "show.hints": "Hints, one after the other",
    "run.points": "points",
    "run.students.more": Plural("count", "… and {count} more student", "… and {count} more students"),
    "run.by_hand": "* marked by hand",
    "run.raw": "raw: before what lateness takes off",
    "run.total.raw": "{total} ({points} raw)",
    "run.new": Plural("count", "{count} new submission.", "{count} new submissions."),
    "run.judged": Plural(
        "count",
        "{count} submission judged now. Exercises: {tally}.",
        "{count} submissions judged now. Exercises: {tally}.",
    ),
    "run.nothing": "Nothing new to judge: every grade stands.",
    "run.tally": "{passed} passed, {partly} partly, {nothing} without points",
    "run.tally.not_judged": "{count} NOT JUDGED, {tally}",
    "run.starting": "starting",
    "run.progress": "{done} of {total} submissions, {rate}. Exercises: {tally}",
    "run.progress.left": "{done} of {total} submissions, {rate}, {left} left. Exercises: {tally}",
    "run.rate.second": "{count} a second",
    "run.rate.minute": "{count} a minute",
    "run.left.minutes": "{count} min",
    "run.left.seconds": "{count} s",
    "report.written": Plural("count", "{count} page written, in {folder}.", "{count} pages written, in {folder}."),
    "report.unchanged": Plural("count", "{count} page is as before.", "{count} pages are as before."),
    "report.begin": "Begin with {file}",
    "report.kept": "{files}: not as we wrote it, so it was left alone; move it away, or use another folder with --to",
    "report.kept.more": "{files} and {count} more",
    "run.gradebook": "The grades are in {file}.",
    "gradebook.copied": "Copied to {place}. Rows of each table: {tables}.",
    "gradebook.copied.table": "{table} {count:,}",
    "gradebook.copied.nothing": "Copied; there was nothing in it.",
    "run.next": "Next: `{report}` makes pages to read, `{export}` what your LMS takes.",
    "run.watch.begin": "Watching {folder}: what comes in is judged. Ctrl-C, or q, ends it.",
    "run.watch.end": "No longer watching. All that was judged is kept.",
    "run.stopped": "Stopped. What is judged is kept; the same command goes on with the other {count}.",
    "run.more": "… and {count} more; --format json lists all",
    "run.list.without_work": (
        "NEEDS A PERSON: nothing that these handed in can be judged, so they have no points. Ask for it in another "
        "form, or look at it by hand (`grader mark`):"
    ),
    "run.list.not_judged": (
        "NOT JUDGED, through a fault of ours. No grade was changed by it. Run the same command again:"
    ),
    "run.list.unreadable": "Files that cannot be read; ask for them again:",
    "run.list.too_new": (
        "NEEDS A PERSON: these files need a newer Python than this one. Grade with that, or look at them by hand:"
    ),
    "run.list.too_much": (
        "NEEDS A PERSON: more was handed in than is read, so work may be lost. Look at it by hand, or ask for less:"
    ),
    "run.list.of_two": "NEEDS A PERSON: these files may be of two students, and so are not judged:",
    "run.list.left_out": "Files left out:",
    "run.list.left_aside": "Files left aside:",
    "run.list.marks": "Marks by hand that stand although newer work came in (`grader mark` changes them):",
    "run.list.changed": (
        "Exercises that changed since. Those grades stand; `grader regrade` shows who would gain or lose:"
    ),
    "run.list.taken_out": (
        "Exercises taken out of the assignment. Their grades are kept, but do not count until they are back in it:"
    ),
    "taken_out": Plural(
        "count",
        "{exercise} was taken out of {assignment}: {count} grade of it is kept, but does not count until it is back in "
        "it.",
        "{exercise} was taken out of {assignment}: {count} grades of it are kept, but do not count until it is back in "
        "it.",
    ),
    "run.changed": Plural("count", "{exercise}: {count} grade", "{exercise}: {count} grades"),
    "regrade.gain": Plural("count", "{count} grade would gain:", "{count} grades would gain:"),
    "regrade.lose": Plural("count", "{count} grade would lose:", "{count} grades would lose:"),
    "regrade.group": Plural(
        "count", "{exercise} {before} → {after}, {count} student", "{exercise} {before} → {after}, {count} students"
    ),
    "regrade.group.not_judged": "not judged",
    "regrade.students": "{group}: {students}",
    "regrade.because": "because of `{test}`: {before} → {after}",
    "regrade.because.new": "because of the new test `{test}`: +{points}",
    "regrade.because.gone": "because the test `{test}` is gone: -{points}",
    "regrade.worth.more": Plural(
        "count",
        "{exercise} is worth more than it was (points: {before} → {after}), for {count} grade.",
        "{exercise} is worth more than it was (points: {before} → {after}), for {count} grades.",
    ),
    "regrade.worth.less": Plural(
        "count",
        "{exercise} is worth less than it was (points: {before} → {after}), for {count} grade.",
        "{exercise} is worth less than it was (points: {before} → {after}), for {count} grades.",
    ),
    "regrade.same": Plural("count", "{count} grade would keep its points.", "{count} grades would keep their points."),
    "regrade.marks": "Marks by hand stay: {places}. Look at each; `grader mark` changes it, or takes it back.",
    "regrade.marks.above": (
        "Marks by hand are above what the exercise is worth now: {places}. They stay; where that is not meant, give "
        "others with `grader mark STUDENT EXERCISE POINTS --why TEXT`, and where it is, the same with --allow-more."
    ),
    "regrade.marks.above.place": "{place}: {points} of {most}",
    "regrade.not_judged": "NOT JUDGED, through a fault of ours; these grades stay as they are: {places}.",
    "regrade.nothing": "No grade is of an older form of its exercise.",
    "regrade.names.more": "{names} and {count} more",
    "regrade.preview": "Nothing is written yet: `{command}` does.",
    "regrade.written": Plural("count", "Written: {count} grade.", "Written: {count} grades."),
    "regrade.written.nothing": "Nothing to write.",
    "regrade.kept": Plural(
        "count",
        "{count} grade would have been lowered, and stays; --allow-lower lowers it.",
        "{count} grades would have been lowered, and stay; --allow-lower lowers them.",
    ),
    "regrade.shared": "{exercise}: so far by calls that were made for {others}.",
    "regrade.shared.gone": "work that is gone",
    "regrade.stopped": "Stopped. No grade is changed; what was judged is kept for the next time.",
    "mark.given": "{student} has {points} points for {exercise}.",
    "mark.removed": "The mark by hand is gone; {student} has for {exercise} what was judged.",
    "mark.none": "{student} has no mark by hand for {exercise}; nothing is changed.",
    "mark.too_much": ("the exercise is worth {points}, and these are more; if they are meant, add --allow-more"),
}
