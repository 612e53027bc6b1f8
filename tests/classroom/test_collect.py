from __future__ import annotations

import gzip
import io
import json
import os
import re
import stat
import sys
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.classroom.collect import collect, gather
from grader.classroom.gradebook import Gradebook
from grader.classroom.hand_in import Collection, Layout, Member
from grader.classroom.run import take_in
from grader.classroom.spool import Spool
from grader.course.key import Assignment
from grader.errors import GraderError
from grader.observe.intake import MAX_CODE_BYTES

WORK = b"def f(x):\n    return x\n"


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name), data)
    return stream.getvalue()


def tarred(*files: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return stream.getvalue()


def of_zip(folder: Path, *names: str, layout: Layout | None = None, **more: bytes) -> Collection:
    place = folder / "download.zip"
    place.write_bytes(zipped(*((name, WORK) for name in names), *more.items()))
    return collect(place, layout=layout)


def of_folder(folder: Path, files: dict[str, bytes], layout: Layout | None = None) -> Collection:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return collect(folder, layout=layout)


def names_of(collection: Collection) -> dict[str, list[str]]:
    return {hand_in.student: [file.name for file in hand_in.files] for hand_in in collection.hand_ins}


def reasons(collection: Collection) -> dict[str, str]:
    return {each.path: each.why for each in collection.left_out}


# Canvas


def test_canvas_tells_user_late_and_the_students_own_name(tmp_path: Path) -> None:
    collection = of_zip(tmp_path, "doejane_LATE_12_345_my work (1).py", "иванова_13_346_работа.ipynb")

    assert collection.layout is Layout.CANVAS
    jane, olga = collection.hand_ins
    assert (jane.student, jane.name, jane.late, jane.files[0].name) == ("12", "doejane", True, "my work (1).py")
    assert (olga.student, olga.name, olga.late, olga.files[0].name) == ("13", "иванова", False, "работа.ipynb")
    assert jane.files[0].path == "doejane_LATE_12_345_my work (1).py"


def test_canvas_names_of_students_may_have_digits_and_underscores(tmp_path: Path) -> None:
    collection = of_zip(tmp_path, "r2_d2_12_345_a_9_8_b.py", "late_13_346_x.py")

    assert [(each.student, each.name, each.files[0].name) for each in collection.hand_ins] == [
        ("12", "r2_d2", "a_9_8_b.py"),
        ("13", "late", "x.py"),
    ]


@pytest.mark.parametrize(("name", "late"), [("anon_XyZ12_98_f.py", False), ("LATE_anon_12345_98_f.py", True)])
def test_canvas_anonymous(name: str, late: bool, tmp_path: Path) -> None:
    (hand_in,) = of_zip(tmp_path, name).hand_ins

    assert hand_in.student in ("anon_XyZ12", "anon_12345")
    assert (hand_in.name, hand_in.late, hand_in.anonymous) == ("", late, True)


def test_canvas_later_attempts_take_the_place_of_earlier_ones(tmp_path: Path) -> None:
    a = ("a_1_10_work.py", b"1"), ("a_1_20_work-1.py", b"2"), ("a_1_30_work-2.py", b"3"), ("a_1_11_more.py", b"m")
    place = tmp_path / "x.zip"
    place.write_bytes(zipped(*reversed(a)))

    collection = collect(place)

    (last,) = collection.hand_ins
    assert [(file.name, file.content) for file in last.files] == [("more.py", b"m"), ("work.py", b"3")]
    assert [[file.content for file in each.files] for each in collection.superseded] == [[b"1"], [b"2"]]


UUID = "3f2b8c1e-0d4a-4c6b-9a51-7e0f5d2c8b91"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("hw1.v2.py", "hw1-1.v2.py"),  # before all endings that begin with a letter
        ("hw1.v2.py", "hw1.v2-1.py"),  # as older versions of Canvas do
        ("hw 1.2.py", "hw 1.2-1.py"),
        ("my.first work.py", "my.first work-7.py"),
        ("a.b.c.ipynb", "a-1.b.c.ipynb"),
        ("work.py", f"work-{UUID}.py"),  # after many
        ("part-1.py", "part-1-1.py"),
    ],
)
def test_canvas_numbers_a_name_that_was_there_already(first: str, second: str, tmp_path: Path) -> None:
    collection = of_zip(tmp_path, f"a_1_20_{second}", f"a_1_10_{first}", "b_2_11_f.py")

    assert names_of(collection) == {"1": [first], "2": ["f.py"]}
    assert collection.hand_ins[0].files[0].path == f"a_1_20_{second}"
    assert [[file.path for file in each.files] for each in collection.superseded] == [[f"a_1_10_{first}"]]


def test_canvas_numbers_without_a_first_are_the_students_own(tmp_path: Path) -> None:
    collection = of_zip(tmp_path, "a_1_10_part-1.py", "a_1_11_part-2.py")

    assert names_of(collection) == {"1": ["part-1.py", "part-2.py"]}
    assert not collection.superseded


def test_canvas_typed_texts_and_links_are_listed(tmp_path: Path) -> None:
    collection = of_zip(tmp_path, "a_1_10_f.py", "b_LATE_2_text.html", "c_3_link.html", "odd.py")

    assert names_of(collection) == {"1": ["f.py"]}
    assert [(each.student, each.path) for each in collection.left_out] == [
        ("2", "b_LATE_2_text.html"),
        ("3", "c_3_link.html"),
        (None, "odd.py"),
    ]
    assert "typed" in reasons(collection)["b_LATE_2_text.html"]
    assert "nobody knows" in reasons(collection)["odd.py"]


def test_canvas_in_a_folder_that_holds_it_all(tmp_path: Path) -> None:
    assert names_of(of_zip(tmp_path, "hw/a_1_10_f.py", "hw/b_2_11_f.py", "__MACOSX/hw/._a")) == {
        "1": ["f.py"],
        "2": ["f.py"],
    }


def test_names_that_are_no_text_cost_no_class_and_no_student_their_work(tmp_path: Path) -> None:
    inner = zipped(("ü.py", WORK), ("g.py", WORK)).replace("ü.py".encode(), b"\xfc..py")
    data = zipped(("Zoë.py", WORK), ("bruno.py", WORK), ("chen.zip", inner)).replace("Zoë".encode(), b"Zo\xeb.")
    (tmp_path / "download.zip").write_bytes(data)

    found = collect(tmp_path / "download.zip")

    assert {each.student: [file.name for file in each.files] for each in found.hand_ins} == {
        "Zo\\xeb.": ["Zo\\xeb..py"],
        "bruno": ["bruno.py"],
        "chen": ["\\xfc..py", "g.py"],
    }
    assert not found.left_out


def test_an_archive_that_a_student_handed_in_is_opened(tmp_path: Path) -> None:
    inner = zipped(("src/f.py", WORK), ("deeper.zip", zipped(("g.py", WORK))), ("__MACOSX/._f.py", b""), ("x.txt", b""))
    place = tmp_path / "x.zip"
    place.write_bytes(zipped(("a_1_10_hw.zip", inner), ("b_2_11_hw.zip", b"PK no"), ("c_3_12_hw.zip", zipped())))

    collection = collect(place)

    assert names_of(collection) == {"1": ["g.py", "src/f.py"]}
    assert [file.path for file in collection.hand_ins[0].files] == [
        "a_1_10_hw.zip/deeper.zip/g.py",
        "a_1_10_hw.zip/src/f.py",
    ]
    told = {each.path: (each.student, each.why) for each in collection.left_out}
    assert told["b_2_11_hw.zip"][0] == "2"
    assert "neither a zip nor a tar" in told["b_2_11_hw.zip"][1]
    assert told["c_3_12_hw.zip"] == ("3", "it is an archive with nothing in it")
    assert set(told) == {
        *("a_1_10_hw.zip/__MACOSX", "a_1_10_hw.zip/x.txt", "b_2_11_hw.zip"),
        "c_3_12_hw.zip",
    }


# Moodle


@pytest.mark.parametrize(
    "pattern", ["{}_assignsubmission_file/{}", "{}_assignsubmission_file_/{}", "{}_assignsubmission_file_{}"]
)
def test_moodle_in_all_its_forms(pattern: str, tmp_path: Path) -> None:
    collection = of_zip(
        tmp_path,
        pattern.format("Zoë de la Cruz_77", "_x_1.py"),
        pattern.format("山田 美咲_78", "f.ipynb"),
        pattern.format("Participant_79", "f.py"),
    )

    assert collection.layout is Layout.MOODLE
    assert [(each.student, each.name, each.anonymous, each.files[0].name) for each in collection.hand_ins] == [
        ("77", "Zoë de la Cruz", False, "_x_1.py"),
        ("78", "山田 美咲", False, "f.ipynb"),
        ("79", "Participant 79", True, "f.py"),
    ]


def test_moodle_typed_texts_are_listed(tmp_path: Path) -> None:
    names = "A B_1_assignsubmission_file/f.py", "A B_1_assignsubmission_onlinetext/onlinetext.html"
    flat = "C_2_assignsubmission_file_f.py", "C_2_assignsubmission_onlinetext_onlinetext.html"

    collection = of_zip(tmp_path, *names, *flat)

    assert names_of(collection) == {"1": ["f.py"], "2": ["f.py"]}
    assert {each.path: each.student for each in collection.left_out} == {names[1]: "1", flat[1]: "2"}


def test_who_handed_in_a_copy_that_jupyter_saved_is_in_the_class(tmp_path: Path) -> None:
    collection = of_zip(
        tmp_path,
        *("ann_1_10_hw-checkpoint.ipynb", "bo_2_11_hw.py", "cy_3_12_hw.py"),
        *("._bo_2_11_hw.py", "._di_4_13_hw.py", ".DS_Store", "__MACOSX/._cy_3_12_hw.py"),
    )

    assert names_of(collection) == {"2": ["hw.py"], "3": ["hw.py"]}
    assert [each.student for each in collection.without_work] == ["1"]


# Gradescope

TABLE = """---
submission_5:
  :submitters:
  - :name: Zoë "Z" O'Neill
    :sid: 007
    :email: zoe@example.org
  :created_at: 2026-09-23 21:00:00.5 Z
submission_9:
  :submitters:
  - :name: Zoë "Z" O'Neill
    :sid: 007
    :email: zoe@example.org
  :created_at: 2026-09-22 21:00:00 Z
submission_6:
  :submitters:
  - {":name": B, ":sid": "2", ":email": b@x}
  - {":name": A, ":sid": ~, ":email": a@x}
  :created_at: nonsense
"""


def of_gradescope(folder: Path, table: str) -> Collection:
    place = folder / "export.zip"
    top = "assignment_1_export"
    work = ((f"{top}/submission_{number}/src/f.py", str(number).encode()) for number in (5, 6, 7, 9))
    place.write_bytes(zipped(*work, (f"{top}/submission_metadata.yml", table.encode()), (f"{top}/x.py", b"")))
    return collect(place)


def test_gradescope_tells_who_and_when(tmp_path: Path) -> None:
    collection = of_gradescope(tmp_path, TABLE)

    assert collection.layout is Layout.GRADESCOPE
    zoe, group, nobody = collection.hand_ins
    assert (zoe.student, zoe.name, zoe.email) == ("007", 'Zoë "Z" O\'Neill', "zoe@example.org")
    assert zoe.received == datetime(2026, 9, 23, 21, 0, 0, tzinfo=UTC)  # to the second
    assert [file.content for file in zoe.files] == [b"5"]  # the later, whatever its number
    assert group.members == (Member("2", "B", "b@x"), Member("a@x", "A", "a@x"))
    assert (group.student, group.group, group.received) == ("2+a@x", "submission_6", None)
    assert (nobody.student, nobody.name) == ("submission_7", "")
    assert [[file.content for file in each.files] for each in collection.superseded] == [[b"9"]]
    assert list(reasons(collection)) == ["assignment_1_export/x.py"]


def test_gradescope_a_submission_without_its_files_is_told(tmp_path: Path) -> None:
    table = TABLE + 'submission_8:\n  :submitters:\n  - {":name": C, ":sid": "3", ":email": c@x}\n'

    collection = of_gradescope(tmp_path, table)

    assert [(each.student, each.name) for each in collection.without_work] == [("3", "C")]
    assert "no file of it is here" in reasons(collection)["submission_8"]


@pytest.mark.parametrize(
    "table",
    [
        "a: &a [1]\nb: *a\n",
        "[" * 100_000,
        "a: [\n",
        "- 1\n",
        "!!python/object/apply:os.system [true]\n",
        "{? {a: b} : c",
        "\x00",
    ],
)
def test_gradescope_a_table_that_is_none(table: str, tmp_path: Path) -> None:
    with pytest.raises(GraderError, match=r"submission_metadata\.yml: it .*; export the submissions again"):
        of_gradescope(tmp_path, table)


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_gradescope_a_table_that_is_nested_without_end(opening: str, tmp_path: Path) -> None:
    with pytest.raises(GraderError, match=r"submission_metadata\.yml: it is nested more than 40 deep"):
        of_gradescope(tmp_path, opening * 20_000)


def test_gradescope_tags_make_nothing(tmp_path: Path) -> None:
    collection = of_gradescope(tmp_path, "submission_5: !!python/object/apply:os.system ['touch /tmp/owned']\n")

    assert "submission_5" in names_of(collection)


# Plain


def test_plain_folders_files_and_archives(tmp_path: Path) -> None:
    collection = of_folder(
        tmp_path,
        {
            "10042/softmax.py": WORK,
            "10042/deep/er/L1.py": WORK,
            "v1.2/f.py": WORK,
            "bruno.tar.gz": b"",
            "zoë.ipynb": b"{}",
            "chen.zip": zipped(("f.py", WORK)),
            "readme.txt": b"",
        },
    )

    assert collection.layout is Layout.PLAIN
    assert {student: sorted(names) for student, names in names_of(collection).items()} == {
        "10042": ["deep/er/L1.py", "softmax.py"],
        "v1.2": ["f.py"],
        "zoë": ["zoë.ipynb"],
        "chen": ["f.py"],
    }
    assert {each.path: each.student for each in collection.left_out} == {"readme.txt": None, "bruno.tar.gz": "bruno"}


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("assignment_9_export/submission_11/HW 1: scale.py", "submission_11"),
        ("assignment_9_export/submission_12/is it right?.py", "submission_12"),
        ("\u0639\u0644\u06cc\u200c\u0631\u0636\u0627 \u0645_41_assignsubmission_file_/scale.py", "41"),
        ("Jean\xa0Luc Roy_41_assignsubmission_file_/scale.py", "41"),
        ("Lee, A./scale.py", "Lee, A."),
        ("Sam Davis Jr./scale.py", "Sam Davis Jr."),
        ("Con/scale.py", "Con"),
        ("NUL.txt/aux.py", "NUL.txt"),
        ("Ann /scale.py", "Ann "),
        ("win\\src\\scale.py", "win"),
        ("leeann_100_2001_HW 1: is it?.py", "100"),
    ],
)
def test_names_of_any_form_are_judged(path: str, student: str, tmp_path: Path) -> None:
    other = {"a": "assignment_9_export/submission_1/f.py", "l": "rossbob_101_2003_f.py"}.get(path[0], "Bob/f.py")
    other = "Bob_42_assignsubmission_file_/f.py" if "assignsubmission" in path else other

    collection = of_zip(tmp_path, path, other)

    assert student in names_of(collection)
    assert len(collection.hand_ins) == 2
    assert not collection.left_out


def test_names_that_differ_in_capitals_are_files_of_one_student(tmp_path: Path) -> None:
    assert names_of(of_zip(tmp_path, "ann/Scale.py", "ann/scale.py", "bob/f.py")) == {
        "ann": ["Scale.py", "scale.py"],
        "bob": ["f.py"],
    }


def test_plain_files_are_oldest_first(tmp_path: Path) -> None:
    for age, name in enumerate(("b.py", "c.py", "a.py")):
        (tmp_path / "s").mkdir(exist_ok=True)
        (tmp_path / "s" / name).write_bytes(WORK)
        os.utime(tmp_path / "s" / name, (1e9 + age, 1e9 + age))

    assert names_of(collect(tmp_path)) == {"s": ["b.py", "c.py", "a.py"]}


@pytest.mark.parametrize(
    ("names", "students"),
    [
        (("hw/1/f.py", "hw/2/f.py"), ["1", "2"]),  # packed with the folder around them
        (("download/1.py", "download/2.py"), ["1", "2"]),  # named like the archive
        (("1/f.py", "1/g.py"), ["1"]),
        (("1/f.py", "2/f.py"), ["1", "2"]),
    ],
)
def test_the_folder_that_an_archive_was_packed_from_is_no_student(
    names: tuple[str, ...], students: list[str], tmp_path: Path
) -> None:
    assert list(names_of(of_zip(tmp_path, *names))) == students


def test_a_folder_with_one_student_is_a_class_of_one(tmp_path: Path) -> None:
    assert names_of(of_folder(tmp_path, {"10042/src/f.py": WORK})) == {"10042": ["src/f.py"]}


def test_a_tar_is_read_as_well(tmp_path: Path) -> None:
    place = tmp_path / "class.tar.gz"
    place.write_bytes(gzip.compress(tarred(("a/f.py", WORK), ("b/f.py", WORK))))

    assert names_of(collect(place)) == {"a": ["f.py"], "b": ["f.py"]}


def test_a_download_alone_in_a_folder_is_the_class(tmp_path: Path) -> None:
    of_zip(tmp_path, "a_1_10_f.py", "b_2_11_f.py")
    (tmp_path / ".DS_Store").write_bytes(b"")

    assert names_of(collect(tmp_path)) == {"1": ["f.py"], "2": ["f.py"]}
    assert names_of(collect(tmp_path, layout=Layout.PLAIN)) == {"download": ["a_1_10_f.py", "b_2_11_f.py"]}


@pytest.mark.parametrize("name", ["submissions.zip", "submissions.tar"])
def test_a_download_alone_in_an_archive_is_the_class(tmp_path: Path, name: str) -> None:
    files = [(f"{student}_{number}_8{number}_f.py", WORK) for number, student in enumerate(("amina", "bruno"), 1)]
    inner = zipped(*files) if name.endswith("zip") else tarred(*files)
    place = tmp_path / "download.zip"
    place.write_bytes(zipped((name, inner), ("__MACOSX/._submissions", b"")))

    with collect(place) as collection:
        assert (collection.layout, [hand_in.student for hand_in in collection.hand_ins]) == (Layout.CANVAS, ["1", "2"])

    place.write_bytes(zipped((name, zipped(("amina_1_81_f.docx", b"")))))
    with pytest.raises(GraderError, match=f"download.zip/{name}: no .py and no .ipynb"):
        collect(place)


def test_a_folder_with_a_class_that_is_packed_twice(tmp_path: Path) -> None:
    whole = zipped(("submissions.zip", zipped(("ann_1_10_hw.py", WORK), ("bo_2_11_hw.py", WORK))))
    (tmp_path / "download.zip").write_bytes(whole)
    with collect(tmp_path) as found:
        assert found.layout is Layout.CANVAS
        assert [hand_in.student for hand_in in found.hand_ins] == ["1", "2"]


def test_an_archive_alone_in_an_archive_may_be_a_students(tmp_path: Path) -> None:
    broken, grown = zipped(("a_1_81_f.py", WORK))[:-30], tarred(("a_1_81_f.py", bytes(8 << 20)))
    outer = [zipped(("a.zip", inner)) for inner in (zipped(("f.py", WORK)), broken, b"")]
    for number, data in enumerate([*outer, gzip.compress(tarred(("a.tar", grown)))]):
        place = tmp_path / f"{number}.download"
        place.write_bytes(data)
        with gather(place) as collection:
            assert [hand_in.student for hand_in in (*collection.hand_ins, *collection.without_work)] == ["a"]


def test_an_archive_alone_in_a_folder_may_be_a_students(tmp_path: Path) -> None:
    (tmp_path / "10042.zip").write_bytes(zipped(("f.py", WORK), ("g.py", WORK)))

    assert names_of(collect(tmp_path)) == {"10042": ["f.py", "g.py"]}


# What is left out


def test_litter_is_listed_by_its_folder(tmp_path: Path) -> None:
    files = {
        "1/f.py": WORK,
        "1/.ipynb_checkpoints/a-checkpoint.ipynb": b"",
        "1/.ipynb_checkpoints/b-checkpoint.ipynb": b"",
        "1/__pycache__/f.cpython-311.pyc": b"",
        "1/._f.py": b"",
        "1/.DS_Store": b"",
        "1/env/pyvenv.cfg": b"",
        "1/env/lib/numpy.py": WORK,
        "1/.git/hooks/x.py": WORK,
        "__MACOSX/1/._f.py": b"",
        "1/f-checkpoint.py": WORK,
        "1/.history/f_20260910.py": WORK,
        "1/.virtual_documents/f.ipynb": WORK,
        "1/.jupyter_cache/executed/1/base.ipynb": WORK,
        "1/src/.anything/f.py": WORK,
        "1/.f.py": WORK,
        "1/.gitignore": b"",
    }
    collection = of_folder(tmp_path, files)

    assert names_of(collection) == {"1": ["f.py"]}
    assert set(reasons(collection)) == {
        *("1/.ipynb_checkpoints", "1/__pycache__", "1/._f.py", "1/.DS_Store", "1/env", "1/.git", "__MACOSX"),
        *("1/f-checkpoint.py", "1/.history", "1/.virtual_documents", "1/.jupyter_cache", "1/src/.anything"),
        *("1/.f.py", "1/.gitignore"),
    }
    assert all(reasons(collection).values())


def test_links_pipes_and_the_unreadable_are_listed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.py").write_bytes(WORK)
    place = tmp_path / "class"
    (place / "1").mkdir(parents=True)
    (place / "1" / "f.py").write_bytes(WORK)
    (place / "1" / "link.py").symlink_to(secret / "key.py")
    (place / "1" / "folder").symlink_to(secret)
    (place / "1" / "big.py").write_bytes(b"#" * (MAX_CODE_BYTES + 1))
    if hasattr(os, "mkfifo"):
        os.mkfifo(place / "1" / "pipe.py")

    collection = collect(place)

    assert names_of(collection) == {"1": ["f.py"]}
    told = reasons(collection)
    assert told["1/link.py"] == told["1/folder"] == "it is a link, not a file"
    assert told["1/big.py"] == "it is larger than 1 MiB; look at it by hand, or ask for less"
    if hasattr(os, "mkfifo"):
        assert told["1/pipe.py"] == "it is not a plain file"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
def test_names_that_are_no_text_are_told_apart(tmp_path: Path) -> None:
    collection = of_folder(tmp_path, {os.fsdecode(name + b"/f.py"): WORK for name in (b"\xff", b"\xfe")})

    assert list(names_of(collection)) == ["\\xfe", "\\xff"]


def test_names_that_lead_out_belong_to_nobody(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("1/link.py")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    place = tmp_path / "x.zip"
    place.write_bytes(
        zipped(("1/f.py", WORK), ("../2/f.py", WORK), ("/3/f.py", WORK), (link, b"/etc/passwd"), ("C:\\f.py", b""))
    )

    collection = collect(place)

    assert names_of(collection) == {"1": ["f.py"]}
    assert {each.path: each.student for each in collection.left_out} == {
        "../2/f.py": None,
        "/3/f.py": None,
        "1/link.py": "1",
        "C:\\f.py": None,
    }


def test_what_has_no_name_is_listed(tmp_path: Path) -> None:
    place = tmp_path / "class.tar"
    place.write_bytes(tarred(("", WORK), ("1/f.py", WORK)))

    collection = collect(place)

    assert names_of(collection) == {"1": ["f.py"]}
    assert "no name" in reasons(collection)[""]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_listed(tmp_path: Path) -> None:
    of_folder(tmp_path, {"1/f.py": WORK, "1/g.py": WORK, "2/h.py": WORK})
    (tmp_path / "1" / "g.py").chmod(0)
    (tmp_path / "2").chmod(0)

    collection = collect(tmp_path)

    (tmp_path / "2").chmod(0o700)
    assert names_of(collection) == {"1": ["f.py"]}
    assert set(reasons(collection)) == {"1/g.py", "2"}


# Nothing to be had


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("x.zip", b"", "neither a zip nor a tar"),
        ("x.zip", zipped(("a_1_10_f.py", WORK * 99))[:-30], "begins as a zip archive and ends too early; download it"),
        ("x.zip", zipped(), "nothing in it"),
        ("x.zip", zipped(("1/work.docx", b"")), r"1/work\.docx: it is neither a \.py nor an \.ipynb"),
        ("x.py", WORK, "not a class"),
        ("x.rar", b"Rar!\x1a\x07", "rar archive"),
    ],
)
def test_nothing_can_be_made_of_it(name: str, content: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(GraderError, match=why):
        collect(tmp_path / name)


def test_nor_of_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="no such file or folder"):
        collect(tmp_path / "x.zip")
    with pytest.raises(GraderError, match="nothing in it"):
        collect(tmp_path)


def test_a_layout_can_be_said(tmp_path: Path) -> None:
    files = {"lab_1_2_x.py": WORK, "lab_3_4_y.py": WORK}

    assert list(names_of(of_folder(tmp_path, files))) == ["1", "3"]
    assert list(names_of(collect(tmp_path, layout=Layout.PLAIN))) == ["lab_1_2_x", "lab_3_4_y"]
    with pytest.raises(GraderError, match="no folder of a submission"):
        collect(tmp_path, layout=Layout.GRADESCOPE)


# Memory

NUMBER, SIZE = 400, 100_000


@pytest.fixture(scope="module", params=["folder", "zip", "tar.gz"])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 MB of work."""
    folder = tmp_path_factory.mktemp("large")
    files = [(f"s{number}/f.py", Random(number).randbytes(SIZE // 20) * 20) for number in range(NUMBER)]
    if request.param == "folder":
        for name, content in files:
            (folder / name).parent.mkdir()
            (folder / name).write_bytes(content)
        return folder
    place = folder / f"class.{request.param}"
    place.write_bytes(zipped(*files) if request.param == "zip" else gzip.compress(tarred(*files), 1))
    return place


@pytest.mark.slow
def test_a_class_is_never_in_memory_as_a_whole(large: Path, tmp_path: Path) -> None:
    with Gradebook(tmp_path / "gradebook.db", create=True) as book:
        with book.writing():
            book.enrol(Assignment("week", "Week 1", ()), "A course", {})
        tracemalloc.start()
        try:
            with collect(large) as collection:
                assert take_in(book, "week", collection, "class") == NUMBER
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

        assert peak < NUMBER * SIZE / 4
        ((kept,),) = book.rows("SELECT count(*) FROM contents")
        assert kept == NUMBER


@pytest.mark.slow
def test_of_a_submission_only_names_and_places_stay(tmp_path: Path) -> None:
    def cost(number: int) -> int:
        place = tmp_path / f"{number}.zip"
        place.write_bytes(
            zipped(*((f"Ada Lovelace_{each}_assignsubmission_file/work.py", bytes(20_000)) for each in range(number)))
        )
        tracemalloc.start()
        try:
            with collect(place) as collection:
                assert len(collection.hand_ins) == number
                return tracemalloc.get_traced_memory()[0]
        finally:
            tracemalloc.stop()

    # Both are too large to be spooled in memory; Python's table of names, where paths are, grows now and then.
    many, fewer = (min(cost(number) for _ in range(3)) for number in (650, 350))
    assert many - fewer < 300 * 1000


def test_what_was_collected_is_gone_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with of_zip(tmp_path, "1/f.py") as collection:
        (file,) = collection.hand_ins[0].files
        assert file.content == WORK
    with pytest.raises(ValueError, match="closed"):
        _ = file.content

    made: list[Spool] = []
    monkeypatch.setattr("grader.classroom.collect.Spool", lambda: made.append(Spool()) or made[-1])
    with pytest.raises(GraderError, match="no table of submissions"):
        of_gradescope(tmp_path, "- 1\n")
    with pytest.raises(ValueError, match="closed"):
        made[0].read(0, 1)


# Laws

LETTERS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="/\\._")
WORDS = st.text(LETTERS, min_size=1, max_size=12).filter(
    lambda word: len(word.encode()) < 60 and not word.endswith("-checkpoint")  # which Jupyter saves by itself
)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join).filter(lambda name: not re.fullmatch(r"[\d_\W]*", name))
ENDINGS = st.sampled_from([".py", ".ipynb", ".PY"])
CLASSES = st.lists(
    st.tuples(NAMES, st.lists(st.tuples(WORDS, ENDINGS), min_size=1, max_size=3, unique_by=lambda file: file[0])),
    min_size=1,
    max_size=25,
)


def slug(name: str) -> str:
    return re.sub(r"\W", "", name.lower())


MOODLE = "_assignsubmission_file"
# The path of a file by its student's number and name, and the name that the layout gives back.
PATHS: dict[Layout, tuple[Callable[[int, str, int, str], str], Callable[[int, str], str]]] = {
    Layout.CANVAS: (lambda number, name, at, file: f"{slug(name)}_{number}_{at}_{file}", lambda _, name: slug(name)),
    Layout.MOODLE: (
        lambda number, name, _, file: f"{name}_{number}_assignsubmission_file_{file}",
        lambda _, name: name,
    ),
    Layout.GRADESCOPE: (lambda number, _name, _at, file: f"x/submission_{number}/{file}", lambda _, name: name),
    Layout.PLAIN: (lambda number, name, _, file: f"{number} {name}/{file}", lambda number, name: f"{number} {name}"),
}


@pytest.mark.parametrize("layout", PATHS)
@settings(max_examples=20)
@given(people=CLASSES)
def test_any_names_in_any_script_come_back(
    people: list[tuple[str, list[tuple[str, str]]]], layout: Layout, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path_of, name_of = PATHS[layout]
    entries = {
        path_of(number, name, 1000 * number + at, word + ending): f"{number} {word}".encode()
        for number, (name, files) in enumerate(people, 100)
        for at, (word, ending) in enumerate(files)
    }
    place = tmp_path_factory.mktemp("class") / "class.zip"
    place.write_bytes(zipped(*entries.items(), *_table(people, layout)))

    collection = collect(place, layout=layout)

    kept = (*collection.hand_ins, *collection.superseded)
    found = {file.path: file.content for hand_in in kept for file in hand_in.files}
    assert found.keys() | reasons(collection).keys() == entries.keys()
    assert all(entries[path] == content for path, content in found.items())
    names = {name_of(number, name) for number, (name, _) in enumerate(people, 100)}
    assert {hand_in.name for hand_in in kept} <= names
    whose = {file.path: hand_in for hand_in in kept for file in hand_in.files}
    for number, (name, files) in enumerate(people, 100):
        for at, (word, ending) in enumerate(files):
            hand_in = whose.get(path_of(number, name, 1000 * number + at, word + ending))
            assert hand_in is None or hand_in.name == name_of(number, name)
    assert not collection.left_out


def _table(people: list[tuple[str, list[tuple[str, str]]]], layout: Layout) -> list[tuple[str, bytes]]:
    if layout is not Layout.GRADESCOPE:
        return []
    record = 'submission_{}:\n  :submitters:\n  - :name: {}\n    :sid: "{}"\n'
    lines = [
        record.format(number, json.dumps(name, ensure_ascii=False), number)
        for number, (name, _) in enumerate(people, 100)
    ]
    return [("x/submission_metadata.yml", "".join(lines).encode())]


@settings(max_examples=60)
@given(data=st.data(), damage=st.binary(min_size=1, max_size=8))
def test_a_damaged_or_hostile_archive_is_listed_or_refused(
    data: st.DataObject, damage: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No other exception, whatever the bytes and the names."""
    paths = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
    shapes = st.one_of(
        paths,
        paths.map(lambda text: f"x_1_2_{text}"),
        paths.map(lambda text: f"{text}_7_assignsubmission_file_/f.py"),
        paths.map(lambda text: f"submission_{text}/f.py"),
        st.just("submission_metadata.yml"),
        st.just("../../f.py"),
    )
    files = data.draw(st.lists(st.tuples(shapes, st.binary(max_size=30)), min_size=1, max_size=6))
    entries = [(name.replace("\0", "0"), content) for name, content in files]
    packed = bytearray(zipped(*dict(entries).items()))
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(packed) - 1))
        packed[at : at + len(damage)] = damage
    place = tmp_path_factory.mktemp("hostile") / "class.zip"
    place.write_bytes(bytes(packed))

    try:
        collection = collect(place)
    except GraderError:
        return
    assert collection.hand_ins
    students = [hand_in.student for hand_in in collection.hand_ins]
    assert students == sorted(set(students))
    assert all(each.why for each in collection.left_out)


def test_what_cannot_be_seen_at_the_end_of_a_name_costs_nobody_anything(tmp_path: Path) -> None:
    ends = {"amy": " ", "kim": ".", "nik": "\u00a0", "lou": ".txt"}
    found = of_zip(tmp_path, *(f"{student}/scale.py{end}" for student, end in ends.items()))

    assert names_of(found) == {student: ["scale.py"] for student in sorted(ends)}
    assert not found.left_out


def test_a_file_that_is_called_after_its_student_may_end_in_the_same(tmp_path: Path) -> None:
    assert list(names_of(of_zip(tmp_path, "amy.py.txt", "kim.py.", "lou.py "))) == ["amy", "kim", "lou"]


def test_beside_the_file_itself_a_text_that_is_called_like_it_is_left_out(tmp_path: Path) -> None:
    inner = {"kim/hw.zip": zipped(("f.py.txt", WORK), ("g.py", WORK), ("g.py.txt", WORK))}
    found = of_zip(tmp_path, "amy/scale.py", "amy/scale.py.txt", **inner)

    assert names_of(found) == {"amy": ["scale.py"], "kim": ["f.py", "g.py"]}
    assert set(reasons(found)) == {"amy/scale.py.txt", "kim/hw.zip/g.py.txt"}
