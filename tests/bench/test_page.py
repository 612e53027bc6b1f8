"""The page of figures: the table's ratios, what was left out, and parts that are written anew."""

from __future__ import annotations

import datetime

import pytest

from bench.before import Beside, Row
from bench.chance import Counted
from bench.measure import Measured
from bench.page import PAGE, before_part, chance_part, growth_part, measured_on, peers_part, replaced, start_part
from bench.peers.every import FLOOR, OURS
from bench.plot import Point


def _row(name: str, *seconds: float, submissions: int = 100, reason: str = "") -> Measured:
    return Measured(name, f"how {name} runs", f"{name} 1.0", submissions, seconds, 50 << 20, reason)


ROWS = [
    _row("slow", 30.0, 10.0, 20.0, submissions=10),
    _row(OURS, 0.4, 0.5, 0.6),
    _row(FLOOR, 0.4, 0.4, 0.4),
    _row("absent", reason="cannot be installed: no such package"),
]


def _cells(text: str, name: str) -> list[str]:
    (line,) = [line for line in text.splitlines() if line.startswith(f"| {name} |")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_ratios_are_of_the_time_for_one_submission() -> None:
    assert _cells(peers_part(ROWS, "here"), "slow")[1:] == [
        "10",
        "20.00 (10.00–30.00)",
        "2000.0",
        "500",
        "400",
        "50 MiB",
    ]


def test_small_ratios_have_two_digits() -> None:
    assert _cells(peers_part(ROWS, "here"), OURS)[4:6] == ["1.25", "1.00"]


def test_the_fastest_comes_first() -> None:
    text = peers_part(ROWS, "here")
    assert text.index(f"| {FLOOR} ") < text.index(f"| {OURS} ") < text.index("| slow ")


def test_what_was_not_measured_has_its_reason_and_no_figures() -> None:
    text = peers_part(ROWS, "here")
    assert "- **absent**: cannot be installed: no such package" in text
    assert "| absent" not in text


def test_without_a_floor_there_are_no_ratios() -> None:
    assert _cells(peers_part(ROWS[:1], "here"), "slow")[4:6] == ["–", "–"]


def test_a_part_takes_the_place_of_the_older_one() -> None:
    page = "# A\n<!-- peers: made by python -m bench -->\nold\n<!-- end of peers -->\nrest\n"
    once = replaced(page, "peers", "new")
    assert once == "# A\n<!-- peers: made by python -m bench -->\n\nnew\n\n<!-- end of peers -->\nrest\n"
    assert replaced(once, "peers", "new") == once


def test_a_page_without_the_part_is_refused() -> None:
    with pytest.raises(ValueError, match="no part growth"):
        replaced("# A\n", "growth", "new")


def test_the_page_has_every_part() -> None:
    for part in ("peers", "growth", "start"):
        assert "new" in replaced(PAGE.read_text(encoding="utf-8"), part, "new")


def test_growth_has_a_plot_and_a_row_for_each_size() -> None:
    text = growth_part([("class", "submissions in a class", [Point(1000, 2.5, 3 << 20)])], "here")
    assert "(pictures/growth-class.svg)" in text
    assert "| 1,000 | 2.50 | 3 MiB |" in text


def test_what_prints_nothing_has_no_first_line() -> None:
    text = start_part([("numpy", 0.1, 0.1), ("grade", 0.2, 0.3)], "here")
    assert "| `numpy` |  | 100 ms | 1.0 |" in text
    assert "| `grade` | 200 ms | 300 ms | 3.0 |" in text


def test_a_part_says_when_and_beside_how_much_it_was_measured() -> None:
    words = measured_on(datetime.date(2026, 11, 23), 0.25)
    assert words.startswith("2026-11-23, numgrade ")
    assert words.endswith("load 0.2 when it began.")


def test_a_row_says_how_many_times_as_fast_it_is_and_beside_what() -> None:
    rows = [Row("a right one", "ms", 30.0, 20.0, Beside(10.0, "a fork")), Row("memory", "MiB", 100.0, 125.0)]

    text = before_part(rows, 100, "here.")

    assert "| a right one | 30.0 ms | 20.0 ms | 1.50 | 2.00 × a fork (10.0 ms) |" in text
    assert "| memory | 100.0 MiB | 125.0 MiB | 0.80 |  |" in text


def test_of_chance_it_is_said_in_how_many_exercises_a_point_is_lost() -> None:
    text = chance_part([Counted("dropout", 4, 24, 10_000, 1, 1 / 32_000_000)], "here")
    assert _cells(text, "`dropout`")[1:] == ["4", "24", "10,000", "1", "32,000,000"]
