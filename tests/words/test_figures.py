from __future__ import annotations

from fractions import Fraction

import pytest

from grader.words.figures import as_written, plain_points, points_text
from grader.words.language import Language, speaking


@pytest.mark.parametrize(
    ("language", "written"), [(Language.ENGLISH, "2.5"), (Language.CHINESE, "2.5"), (Language.GERMAN, "2,5")]
)
def test_points_are_written_as_the_language_writes_numbers(language: Language, written: str) -> None:
    with speaking(language):
        assert points_text(Fraction(5, 2)) == written
        assert plain_points(written) == "2.5"


def test_what_is_written_with_a_point_is_read_in_every_language() -> None:
    with speaking(Language.GERMAN):
        assert [plain_points(text) for text in ("2.5", "15/2", "1.234,5", "1,2,3")] == [
            "2.5",
            "15/2",
            "1.234,5",
            "1,2,3",
        ]
        assert as_written("1,234.50") == "1.234,50"
