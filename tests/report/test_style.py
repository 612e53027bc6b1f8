"""The colours of reports and handouts: enough contrast in the light, in the dark and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from grader.course.templates import render

STYLE = render("report.css.j2")
MODES = ("light", "dark", "print")
TEXT_ON = {
    "page": ("ink", "quiet", "accent", "right", "wrong", "ours", "typed"),
    "panel": ("ink", "quiet", "accent", "typed", "wrong"),
    "mark": ("wrong",),
}
PAIRS = [(back, front) for back, fronts in TEXT_ON.items() for front in fronts]


def rules() -> Iterator[tuple[str, str]]:
    """Every innermost block, with what stands before it and around it."""
    around: list[str] = []
    for before, brace in re.findall(r"([^{}]*)([{}])", STYLE):
        if brace == "{":
            around.append(before.rpartition(";")[2].strip())
        else:
            yield " ".join(around), before
            around.pop()


def colours(mode: str) -> dict[str, str]:
    """The variables as the last rule that applies sets them."""
    found: dict[str, str] = {}
    for around, block in rules():
        if around.endswith(":root") and ("@media" not in around or mode in around):
            found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("back", "front"), PAIRS)
def test_text_can_be_read(mode: str, back: str, front: str) -> None:
    found = colours(mode)
    assert contrast(found[back], found[front]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_bars_can_be_seen(mode: str) -> None:
    found = colours(mode)
    assert contrast(found["page"], found["bar"]) >= 3


def test_the_modes_differ() -> None:
    assert len({colours(mode)["ink"] for mode in MODES}) == 3
