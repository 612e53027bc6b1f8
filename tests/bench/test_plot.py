"""Plots of growth: well-formed SVG, with every point inside its panel."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.plot import Point, figure, short

SVG = "{http://www.w3.org/2000/svg}"
sizes = st.integers(1, 10**7)
points = st.lists(st.builds(Point, sizes, st.floats(1e-3, 1e4), st.integers(1 << 20, 1 << 40)), min_size=1, max_size=9)


@given(points)
def test_every_point_lies_in_its_panel(several: list[Point]) -> None:
    root = ElementTree.fromstring(figure(several, "tests of an exercise"))
    dots = root.findall(f".//{SVG}circle")
    assert len(dots) == 2 * len(several)
    assert all(55.9 <= float(dot.attrib["cx"]) <= 340.1 for dot in dots)
    assert all(33.9 <= float(dot.attrib["cy"]) <= 214.1 for dot in dots)


def test_more_is_further_right_and_higher() -> None:
    root = ElementTree.fromstring(figure([Point(1, 1.0, 1 << 20), Point(100, 50.0, 1 << 25)], "sizes"))
    less, more, *_ = root.findall(f"{SVG}circle")
    assert float(more.attrib["cx"]) > float(less.attrib["cx"])
    assert float(more.attrib["cy"]) < float(less.attrib["cy"])


def test_words_are_escaped() -> None:
    assert "a &lt; b" in figure([Point(1, 1.0, 1 << 20)], "a < b")


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.001, "1m"), (0.01, "10m"), (0.1, "100m"), (1, "1"), (10, "10"), (1000, "1k"), (1e5, "100k"), (1e7, "10M")],
)
def test_marks_are_short(number: float, text: str) -> None:
    assert short(number) == text
