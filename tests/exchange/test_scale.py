from __future__ import annotations

from fractions import Fraction

import pytest

from grader.exchange.scale import written_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("10", 10), ("10.", 10), (" 10.00 ", 10), ("1000.000", 1000), ("0,500", Fraction(1, 2))),
        *(("10,5", Fraction(21, 2)), ("10,50", Fraction(21, 2))),
        *(
            ("1,000.00", 1000),
            ("1.000,00", 1000),
            ("1 000,00", 1000),
            ("1\u202f000", 1000),
            ("1'000.5", Fraction(2001, 2)),
        ),
        *(("1,000", 1000), ("1,234,567.5", Fraction(2469135, 2)), ("1.234.567", 1_234_567), ("1,00,000.00", 100_000)),
        *((text, None) for text in ("", "-", "x", "10 5", "Poor, Fair", "1.0.0,0,0", "(read only)", "-5")),
    ],
)
def test_numbers_as_systems_write_them(text: str, number: Fraction | int | None) -> None:
    assert written_number(text) == number
