"""What commands of teachers refuse, and what they say beside a class, its gradebook and its exports."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Plural, Texts

__all__ = ["GRADEBOOKS"]

GRADEBOOKS: Final[Texts] = {
    "seed.none": (
        "course.yaml: there is no `seed:`, so whoever has the exercises' files can draw the hidden inputs again: right "
        'for a public course; before graded work write `seed: "TEXT"`, with 32 random characters for TEXT '
        '(`python -c "import secrets; print(secrets.token_hex(16))"` prints some), and do not publish it'
    ),
    "seed.short": (
        "course.yaml: the hidden inputs can be found by trying seeds, for `seed:` hides nothing: it has fewer than 16 "
        "characters. Write 32 random characters in its place "
        '(`python -c "import secrets; print(secrets.token_hex(16))"` prints some). The hidden inputs change with it, '
        "and with them perhaps what work is worth: `grader regrade` shows that. Until then `grader new`, `build` and "
        "`package` refuse it"
    ),
    "seed.alike": (
        "course.yaml: the hidden inputs can be found by trying seeds, for `seed:` hides nothing: it has fewer than 8 "
        "different characters, however long it is. Write 32 random characters in its place "
        '(`python -c "import secrets; print(secrets.token_hex(16))"` prints some). The hidden inputs change with it, '
        "and with them perhaps what work is worth: `grader regrade` shows that. Until then `grader new`, `build` and "
        "`package` refuse it"
    ),
    "seed.plain": (
        "course.yaml: the hidden inputs can be found by trying seeds, for `seed:` hides nothing: its characters are "
        "all of one small kind, of which it takes more: 29 digits at the least, 24 hexadecimal digits, 21 small "
        "letters. Write 32 random characters in its place "
        '(`python -c "import secrets; print(secrets.token_hex(16))"` prints some). The hidden inputs change with it, '
        "and with them perhaps what work is worth: `grader regrade` shows that. Until then `grader new`, `build` and "
        "`package` refuse it"
    ),
    "drawn_anew": "Inputs changed with numgrade itself, whose keys have a newer form: {changes}",
    "drawn_anew.2": (
        "examples and practice cases are drawn without the course's seed, so that nothing students get depends on it, "
        "and are others now; hidden inputs are the same"
    ),
    "drawn_anew.3": (
        "sizes are no longer primes alone but even, odd, composite, powers of two, equal and long as well, integers "
        "and texts occur more than once, and tests drawn from the signature have values in order and repeated ones, "
        "and examples that are drawn have fewer numbers"
    ),
    # What cannot be carried out.
    "run.is_a_course": ("{folder} is a course, and no class; name the folder or the archive of what was handed in."),
    "run.watch.form": "--watch says who was judged as it goes; leave out --format.",
    "run.watch.no_folder": "--watch needs a folder, and {place} is none; make it first, or leave out --watch.",
    "run.no_dask": "--cluster needs Dask, which is not installed: pip install 'numgrade[cluster]'",
    "regrade.lower_alone": "--allow-lower goes with --apply; without it nothing is written.",
    "mark.either": "give either POINTS or --remove.",
    "mark.why": "--why is empty; say in a few words why.",
    "mark.negative": "POINTS is {points}; give at least 0.",
    "mark.no_number": "POINTS is {points}; write a number such as 8, 7.5 or 15/2.",
    "class.one_file": ("{place}: it is one file, not a class; `grade` judges it, a class needs a folder or a zip file"),
    "class.no_such": "{place}: there is no such file or folder; name the class's download or its folder",
    "class.neither": "{place}: it is neither a folder nor a file; name the class's download or its folder",
    "class.unreadable": "{place}: it cannot be read: {why}; check its permissions",
    "class.zip_names": (
        "{place}: names in it are in an encoding that the archive does not tell, and students are known by them. "
        "Add the option with which this one is right:\n{choices}"
    ),
    "class.export_again": "{file}: {why}; export the submissions again",
    "class.nothing_in_it": "there is nothing in it; name the class's download or its folder",
    "class.no_work": "no .py and no .ipynb file of a student is in it; what there is cannot be judged:",
    "book.none": "{book}: there is no gradebook here; `grader run SUBMISSIONS` makes one",
    "book.empty": "{book}: nothing has been graded into it yet; `grader run SUBMISSIONS` does",
    "book.several_assignments": "{book} has several assignments ({names}); choose with --assignment NAME",
    "book.no_assignment": "{book} has no assignment {name}; there are: {names}",
    "book.nobody": "{book}: nobody has handed in anything for {name} yet; `grader run SUBMISSIONS` takes it in",
    "book.nobody.left_out": Plural(
        "count",
        "{book}: nobody has handed in anything for {name} yet ({count} file was left out; `grader run` says why); "
        "`grader run SUBMISSIONS` takes it in",
        "{book}: nobody has handed in anything for {name} yet ({count} files were left out; `grader run` says why); "
        "`grader run SUBMISSIONS` takes it in",
    ),
    "book.in_several": "{exercise} is in several assignments ({names}); choose with --assignment NAME",
    "book.no_exercise": "no exercise {name} in {book}{meant}",
    "book.no_student": "no student {name} in {book}{meant}",
    # What `grader export` says beside what it writes.
    "export.name.file": "name the file that is to be written, with -o FILE.",
    "export.name.zip": "name the zip that is to be written, with -o FILE.",
    "export.which": "name a folder for files of all students with -o DIR, or one student with --student ID.",
    "export.no_student": "no student {student} in {book}; `grader export csv` lists them",
    "export.no_names": (
        "of no student does the gradebook know how the download named their files, so there is no page"
    ),
    "export.taken": (
        "{file}: something is there already, so nothing was written; name another place with -o, or add --overwrite"
    ),
    "export.taken.more": Plural(
        "count",
        "{file} and {count} more file: something is there already, so nothing was written; name another place with "
        "-o, or add --overwrite",
        "{file} and {count} more files: something is there already, so nothing was written; name another place with "
        "-o, or add --overwrite",
    ),
    "export.in_the_way": "{file}: this is in the way: {why}",
    "export.unreadable": "{file}: cannot be read: {why}",
    "export.wrote": Plural("count", "Wrote {count} file into {folder}", "Wrote {count} files into {folder}"),
    "export.filled": Plural("count", "'{column}': {count} grade filled in.", "'{column}': {count} grades filled in."),
    "export.students.nothing": Plural(
        "count",
        "{count} student handed in nothing that can be judged, so without points: {names}",
        "{count} students handed in nothing that can be judged, so without points: {names}",
    ),
    "export.students.open": Plural(
        "count",
        "{count} student not judged wholly, so without points: {names}",
        "{count} students not judged wholly, so without points: {names}",
    ),
    "export.students.late": Plural(
        "count",
        "{count} student late, and nobody knows by how much, so nothing is taken off: {names}",
        "{count} students late, and nobody knows by how much, so nothing is taken off: {names}",
    ),
    "export.students.strangers": Plural(
        "count",
        "{count} student in the gradebook, but not in {file}: {names}",
        "{count} students in the gradebook, but not in {file}: {names}",
    ),
    "export.students.without": Plural(
        "count",
        "{count} student in {file}, but not in the gradebook: {names}",
        "{count} students in {file}, but not in the gradebook: {names}",
    ),
    "export.students.nameless": Plural(
        "count",
        "{count} student left out, for nothing says how their files were named there, or a group shares them: {names}",
        "{count} students left out, for nothing says how their files were named there, or a group shares them: {names}",
    ),
}
