"""Images beside an exercise."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.images import image_files, image_violations, with_images
from grader.course.markdown import to_html

TASK = "See\n\n![A graph](relu.png) and `![no](none.png)`, or ![far](https://example.org/a.png).\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "relu.png").write_bytes(b"PNG")
    (tmp_path / "secret.png").write_bytes(b"PNG")
    return tmp_path / "exercises"


def test_they_are_in_the_text_that_travels(folder: Path) -> None:
    made = with_images(TASK, folder)

    assert image_violations(TASK, folder) == []
    assert "![A graph](data:image/png;base64,UE5H)" in made
    assert "`![no](none.png)`" in made
    html = to_html(made)
    assert '<img src="data:image/png;base64,UE5H" alt="A graph">' in html
    assert "<em>far</em>" in html
    assert "example.org" not in html


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("lost.png", "there is no image 'lost.png' beside the exercise"),
        ("../secret.png", "the image '../secret.png' is not beside the exercise"),
        ("graph.svg", "'graph.svg' is no image that a page shows"),
    ],
)
def test_one_that_is_not_there_is_an_error_with_its_place(folder: Path, name: str, told: str) -> None:
    (violation,) = image_violations(f"See\n\nthe ![graph]({name}).\n", folder)

    assert violation.message == told
    assert violation.path == ("task",)
    assert violation.inside == (2, 13)


def test_one_that_is_too_large_is_an_error(folder: Path) -> None:
    (folder / "relu.png").write_bytes(bytes((2 << 20) + 1))

    (violation,) = image_violations(TASK, folder)
    assert "larger than 2 MiB" in violation.message


def test_the_files_of_a_text_are_those_that_it_shows(folder: Path) -> None:
    (folder / "img").mkdir()
    (folder / "img" / "c.png").write_bytes(b"PNG")
    text = f'{TASK}![again](relu.png) ![c](img/c.png "A title")'

    assert sorted(image_files(text, folder)) == [folder / "img" / "c.png", folder / "relu.png"]
