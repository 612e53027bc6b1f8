from __future__ import annotations

import io
import zipfile

import pytest

from grader.exchange.feedback_zip import canvas_name, moodle_name, packed


@pytest.mark.parametrize(
    ("paths", "student", "name"),
    [
        (["dupontmarie_7001_80001_softmax.py"], "7001", "dupontmarie_7001_80001_feedback.html"),
        (["dupontmarie_LATE_7001_80001_hw_2024_09.py"], "7001", "dupontmarie_LATE_7001_80001_feedback.html"),
        (["LATE_anon_XyZ12_80001_hw.py"], "anon_XyZ12", "LATE_anon_XyZ12_80001_feedback.html"),
        (["a_7001_80001_one.py", "a_7001_80007_two.py"], "7001", "a_7001_80007_feedback.html"),
        (["class.zip/a_7001_80001_work.zip/src/one.py"], "7001", "a_7001_80001_feedback.html"),
        # Canvas would take these for somebody else's, or for nobody's.
        (["anna_2_7001_80001_one.py"], "7001", None),
        (["a_7001_80001_one.py"], "7002", None),
        (["a_7001_80001_one.py", "b_7002_80002_one.py"], "7001", None),
        (["softmax.py"], "softmax", None),
        ([], "7001", None),
    ],
)
def test_names_for_canvas(paths: list[str], student: str, name: str | None) -> None:
    assert canvas_name(paths, student) == name


@pytest.mark.parametrize(
    ("paths", "student", "name"),
    [
        (["Ana Souza_1234_assignsubmission_file_/hw.py"], "1234", "Ana Souza_1234_assignsubmission_file_feedback.html"),
        (["Ana Souza_1234_assignsubmission_file/hw.py"], "1234", "Ana Souza_1234_assignsubmission_file_feedback.html"),
        (["Ana Souza_1234_assignsubmission_file_hw.py"], "1234", "Ana Souza_1234_assignsubmission_file_feedback.html"),
        (
            ["m.zip/Participant_77_assignsubmission_file_/a/hw.py"],
            "77",
            "Participant_77_assignsubmission_file_feedback.html",
        ),
        (["Ana_B_1234_assignsubmission_file_/hw.py"], "1234", None),  # Moodle would read `B` as the number
        (["Ana Souza_1234_assignsubmission_file_/hw.py"], "1235", None),
        (["softmax.py"], "1234", None),
    ],
)
def test_names_for_moodle(paths: list[str], student: str, name: str | None) -> None:
    assert moodle_name(paths, student) == name


def test_an_archive_is_the_owners_and_the_same_each_time() -> None:
    content = packed([("b.html", "<p>é"), ("a.html", "A")])

    archive = zipfile.ZipFile(io.BytesIO(content))
    assert [(entry.filename, entry.external_attr >> 16) for entry in archive.infolist()] == [
        ("b.html", 0o100600),
        ("a.html", 0o100600),
    ]
    assert archive.read("b.html").decode() == "<p>é"
    assert packed([("b.html", "<p>é"), ("a.html", "A")]) == content
