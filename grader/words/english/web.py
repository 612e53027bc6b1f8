"""The pages of `grader serve`: where students hand in, and their teacher's desk."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Plural, Texts

__all__ = ["WEB"]

WEB: Final[Texts] = {
    # What all pages have in common.
    "web.skip": "Skip to the content",
    "web.leave": "Leave",
    "web.language": "Language",
    "web.then": ": ",
    "web.beginning": "To the beginning",
    "web.to_assignment": "To the assignment",
    "web.to_class": "To the class",
    # A page that says one thing.
    "web.refused.400.title": "That did not work",
    "web.refused.400": "Something in this request is not as a form of ours makes it.",
    "web.refused.401.title": "Your personal link, please",
    "web.refused.401": "Open the link that you were given: this page cannot know you without it.",
    "web.refused.403.title": "That form is of another visit",
    "web.refused.403": "Go back, load the page anew, and send the form again.",
    "web.refused.404.title": "There is no such page",
    "web.refused.404": "Perhaps the address has changed, or it is not yours to see.",
    "web.refused.503.title": "Very many hand in just now",
    "web.refused.503": "Nothing was taken in. Wait some seconds, and hand it in again.",
    "web.not_taken.title": "Your work cannot be taken in just now",
    "web.not_taken": "Nothing was taken in. Wait some seconds, and send it again.",
    "web.unreachable.title": "Your work cannot be reached just now",
    "web.unreachable": "What was handed in before is kept. Wait some seconds, and try again.",
    "web.failed.title": "Something failed, through no fault of yours",
    "web.failed": "Try again; if it stays so, tell your instructor.",
    "web.left.title": "You have left",
    "web.left": "To come back as {who}, open your link again.",
    "web.too_large": "That is more than can be handed in at once. Leave out what is not yours to write, and try again.",
    # A student's pages.
    "web.assignments": "Assignments",
    "web.assignments.none": "Nothing can be handed in at the moment.",
    "web.assignments.due": ", due {due}",
    "web.assignments.no_attempt": "nothing handed in yet",
    "web.hand_in": "Hand in",
    "web.hand_in.files": "Files: `.py`, or a notebook (`.ipynb`)",
    "web.hand_in.keep": "Keep the other files of my last attempt ({files})",
    "web.hand_in.paste": "Or paste one function",
    "web.hand_in.exercise": "Exercise",
    "web.hand_in.code": "Code, with its imports",
    "web.hand_in.others": "Your other files stay as they are.",
    "web.attempts_left": (
        "Attempts left: {left}. A file that bears an exercise's name is an attempt at that one, a notebook or any "
        "other file at all of them. What you hand in last counts."
    ),
    "web.rate": Plural(
        "count",
        "You can hand in {at_once} times in a row, and then once in {count} second.",
        "You can hand in {at_once} times in a row, and then once in {count} seconds.",
    ),
    "web.attempts_left.of": "{name} {count} of {most}",
    "web.attempts": "Your attempts",
    "web.attempts.judging": "being judged",
    "web.stuck": "Stuck? Hints: ",
    "web.attempt": "Attempt of {received}",
    "web.attempt.feedback": "Feedback",
    "web.attempt.judging": "Being judged",
    "web.attempt.wait": "It is kept, and being judged. This page loads anew by itself.",
    "web.attempt.before": "(before: {before})",
    "web.attempt.better": "Better than before: {exercises}.",
    "web.attempt.worse": "Worse than before: {exercises}.",
    "web.hidden": (
        "Until {until} you are told what your work does on the examples. What the hidden tests find, and your points, "
        "are shown from then on."
    ),
    "web.by_hand.early": "Points were given by hand.",
    "web.by_hand": "Points were given by hand. What counts: {points}.",
    "web.counts": "What counts: {points}.",
    "web.due.extended": "Due {due}: your extension.",
    "web.due.late": "It is past that: each day begun costs {percent:g} % of the points.",
    "web.hints": "Hints for {exercise}",
    "web.hints.none": "No hint was written for this exercise. What was found in your newest attempt says most.",
    "web.hints.next": "The next hint ({shown} of {total} shown)",
    "web.hints.all": "These are all the hints there are.",
    # What is not taken in.
    "web.upload.which": "Say which exercise the code is for.",
    "web.upload.unreadable": "Nothing was taken in: {file} could not be read: {why:ended}",
    "web.upload.nothing": "Choose a file, or paste your code.",
    "web.upload.too_many": "These are {count} files; hand in {most} at most.",
    "web.upload.kind": "{file}: hand in .py files and .ipynb notebooks.",
    "web.refusal.spent": (
        "Nothing was handed in: there is no attempt left at {exercises}. What you handed in last counts; ask your "
        "instructor if you need another."
    ),
    "web.refusal.seconds": Plural(
        "count",
        "Nothing was handed in: that was often in a short time. Try again in {count} second.",
        "Nothing was handed in: that was often in a short time. Try again in {count} seconds.",
    ),
    "web.refusal.minutes": Plural(
        "count",
        "Nothing was handed in: that was often in a short time. Try again in {count} minute.",
        "Nothing was handed in: that was often in a short time. Try again in {count} minutes.",
    ),
    # A teacher's pages.
    "web.class.yours": "Your class",
    "web.class.waiting": Plural(
        "count", "{count} attempt is waiting to be judged.", "{count} attempts are waiting to be judged."
    ),
    "web.class.need": Plural(
        "count", "{students}, {count} of whom needs a person", "{students}, {count} of whom need a person"
    ),
    "web.class.state": "{need}.",
    "web.class.state.waiting": "{need}; {waiting} waiting to be judged.",
    "web.class.mistakes": "Mistakes, with names",
    "web.class.which": "Which students",
    "web.class.show.all": "All",
    "web.class.show.needs-person": "Needs a person",
    "web.class.show.not-full": "Not all points",
    "web.class.show.late": "Late",
    "web.class.nobody": "Nobody is like that.",
    "web.class.empty": "Nobody is like that: nothing was handed in yet.",
    "web.class.download": "Download: ",
    "web.class.changed": Plural(
        "count",
        "{count} grade is of an older form of its exercise: see what would change.",
        "{count} grades are of an older form of their exercises: see what would change.",
    ),
    "web.exports": "Files for other systems",
    "web.exports.about": (
        "Points are those that count. Who is not judged wholly has none in any of the files, which is no zero."
    ),
    "web.exports.fill.canvas": "Canvas's gradebook, as it exports it (Grades → Export)",
    "web.exports.fill.moodle": "Moodle's grading worksheet (Submissions → Download grading worksheet)",
    "web.exports.fill.about": (
        "You get a zip: your file with the grades in it, to be imported there, and `remarks.txt`, which says what was "
        "not written, and why."
    ),
    "web.exports.fill.column": "The column, where it is not called as the assignment is (`--column`)",
    "web.exports.fill.grade_column": "The column for grades, where it is not called `Grade` (`--grade-column`)",
    "web.exports.fill.feedback_column": "And for feedback, where not `Feedback comments` (`--feedback-column`)",
    "web.exports.fill.rescale": "Write points as parts of the maximum there (`--rescale`)",
    "web.exports.fill.button": "Fill in the grades",
    "web.exports.no_file": "Choose the file into which the grades go.",
    "web.exports.pages.canvas-feedback": (
        "Each student's page, for Canvas to give back (Assignment → Upload submissions)"
    ),
    "web.exports.pages.moodle-feedback": (
        "Each student's page, for Moodle to give back (Submissions → Upload multiple feedback files in a zip)"
    ),
    "web.exports.others": "Other systems",
    "web.exports.of_each": (
        "A zip with the result of each student who has points; who has none stands in `left-out.txt`: "
    ),
    "web.regrade": "Regrade",
    "web.regrade.about": (
        "After an exercise changed: who would gain or lose, and by which test. Nothing is written until you say so; "
        "points by hand stay whatever comes."
    ),
    "web.regrade.open": Plural(
        "count",
        "{count} grade is not judged anew yet. Load this page again in a while; if it stays so, `grader regrade` says "
        "why.",
        "{count} grades are not judged anew yet. Load this page again in a while; if it stays so, `grader regrade` "
        "says why.",
    ),
    "web.regrade.gain": Plural("count", "{count} grade would rise", "{count} grades would rise"),
    "web.regrade.lose": Plural("count", "{count} grade would fall", "{count} grades would fall"),
    "web.regrade.same": Plural(
        "count", "{count} grade would keep its points.", "{count} grades would keep their points."
    ),
    "web.regrade.marked": "Points by hand stay: {who}.",
    "web.regrade.above": (
        "Points by hand are above what the exercise is worth now: {who}. They stay; the student's page is where you "
        "give others."
    ),
    "web.regrade.points": "{before} → {after}",
    "web.regrade.lower": Plural("count", "Lower {count} grade too", "Lower {count} grades too"),
    "web.regrade.apply": "Write the new grades",
    "web.regrade.written": Plural(
        "count", "Last written: {count} grade, by {who}, {at}.", "Last written: {count} grades, by {who}, {at}."
    ),
    "web.regrade.changed": "Nothing is written: since you looked, something else has changed. Look again.",
    "web.regrade.nothing": "No grade is of an older form of its exercise.",
    "web.mistakes": "Mistakes",
    "web.mistakes.none": "No mistake could be named so far.",
    "web.mistakes.of": "{count}: {exercise}",
    "web.student.points": "points",
    "web.student.received": ", handed in {received}",
    "web.student.note": "; {note}",
    "web.student.code": "Code",
    "web.student.nothing": "Nothing was handed in.",
    "web.student.without_work": "Of what was handed in last, nothing can be judged:",
    "web.student.found": "What was found",
    "web.student.exercise": "{title}: {points} of {most}",
    "web.student.exercise.by_hand": "{title}: {points} of {most}, given by hand",
    "web.student.why": "Why",
    "web.student.give": "Give points",
    "web.student.change": "Change",
    "web.student.stay": "Points that you give stay, whatever is judged. Without a number they are taken back.",
    "web.mark.why": "Say why: students may ask, and so may you, in a year.",
    "web.mark.none": "There are no points by hand to take back; write how many there shall be.",
    "web.mark.number": "{points}: write points as a number, such as 2.5 or 7/3.",
    "web.mark.range": "{points}: this exercise has from 0 to {most:g} points.",
}
