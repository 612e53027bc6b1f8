from __future__ import annotations

import pytest

from grader.observe.file_names import code_name, code_names, first_copy


@pytest.mark.parametrize(
    "name",
    [f"scale.py{end}" for end in ("", " ", ".", "\u00a0", "\u200b", "\u202e. ", "\r", ".txt", ".TXT ", " .txt")],
)
def test_what_cannot_be_seen_at_the_end_of_a_name_is_no_part_of_it(name: str) -> None:
    assert code_name(name) == "scale.py"
    assert code_name(f"kim/{name}") == "kim/scale.py"


@pytest.mark.parametrize(
    "name", ["scale.txt", "scale.pyc", ".py", "kim/.py.txt", "py", "scale.py.zip", "", "a.py/", ". "]
)
def test_what_is_no_code(name: str) -> None:
    assert code_name(name) is None


def test_the_ending_stays_as_it_was_written() -> None:
    assert code_name("A.IPYNB.txt") == "A.IPYNB"


def test_a_browser_adds_that_a_notebook_is_json() -> None:
    assert code_name("kim/work.ipynb.json") == "kim/work.ipynb"
    assert code_name("work.json") is None
    assert code_name("work.py.json") is None
    assert code_names(["w.ipynb", "w.ipynb.json"]) == {"w.ipynb": "w.ipynb"}


def test_beside_the_file_itself_a_text_of_its_name_is_a_text() -> None:
    assert code_names(["a.py", "a.py.txt", "b.py.txt", "c.txt", "a/a.py.txt"]) == {
        "a.py": "a.py",
        "b.py.txt": "b.py",
        "a/a.py.txt": "a/a.py",
    }


def test_what_a_file_is_a_later_copy_of() -> None:
    assert [first_copy(stem) for stem in ("helper-1", "helper-12", "helper (2)", "größe(3)")] == [
        *(("helper", 1), ("helper", 12), ("helper", 2), ("größe", 3)),
    ]
    assert [first_copy(stem) for stem in ("helper", "helper_1", "hw-2-1", "7-1", "-1", "helper-2024", "1")] == [
        None
    ] * 7
