"""Templates in the language that is spoken."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import CourseError
from grader.words.language import Language, speaking
from grader.words.rendered import rendered


def test_a_template_says_what_it_says_in_the_language(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "own.html.j2").write_text(
        '<p lang="{{ language }}">{{ said("page.of", points=x, most=2) }}'
    )
    assert rendered("own.html.j2", course=tmp_path, x="<1>") == '<p lang="en">&lt;1&gt; of 2'
    with speaking(Language.GERMAN):
        assert rendered("own.html.j2", course=tmp_path, x=1) == '<p lang="de">1 von 2'
    with speaking(Language.CHINESE):
        assert rendered("own.html.j2", course=tmp_path, x=1) == '<p lang="zh-Hans">1/2'


@pytest.mark.parametrize("reach", ["said.__globals__", "said.__code__.co_consts", "said['__globals__']"])
def test_a_template_of_a_course_gets_at_nothing_by_it(tmp_path: Path, reach: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "own.j2").write_text(f"{{{{ {reach}.keys() }}}}", encoding="utf-8")
    with pytest.raises(CourseError):
        rendered("own.j2", course=tmp_path)
