from __future__ import annotations

import re
from collections.abc import Callable

from grader.judge.result import Result
from grader.message import verbatim
from grader.report.annotations import annotation_line, annotations_of
from grader.report.github import commands

Gallery = dict[str, Callable[[], Result]]
COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^:,]*,?)+)::(.*)")
PROBLEM = re.compile(r"(.+?):(\d+):(\d+): (error|warning|info): (.*?) \[(\w+)\]")


def test_every_line_is_a_command(named_result: tuple[str, Result]) -> None:
    lines = commands(named_result[1]).splitlines()
    assert lines
    assert all(COMMAND.fullmatch(line) for line in lines)


def test_line_and_column(gallery: Gallery) -> None:
    first = commands(gallery["raised"]()).splitlines()[0]
    assert first == (
        "::error file=softmax.py,line=5,col=12,title=softmax::"
        "It stopped with ValueError: operands could not be broadcast together with shapes (2,3) (2,)."
    )


def test_a_line_of_a_notebooks_cell_is_no_line_of_the_file(gallery: Gallery) -> None:
    first = commands(gallery["raised_in_notebook"]()).splitlines()[0]
    assert first.startswith("::error file=week 1.ipynb,title=softmax::cell 4, line 3: It stopped")


def test_a_submission_cannot_add_commands(gallery: Gallery) -> None:
    lines = commands(gallery["hostile"]()).splitlines()
    assert len(lines) == 2
    assert "%3A%3Aerror%3A%3A" in lines[0].partition("title=")[0]


def test_percent_signs_are_escaped(gallery: Gallery) -> None:
    import msgspec

    result = gallery["not_judged"]()
    assert "100%25 sure" in commands(msgspec.structs.replace(result, remarks=(verbatim("100% sure"),)))


def test_advice_is_a_notice_and_a_fault_of_ours_a_warning(gallery: Gallery) -> None:
    assert "::notice file=softmax.py,title=softmax::" in commands(gallery["advice_only"]())
    assert "::warning file=L2.py,title=L2::" in commands(gallery["not_judged"]())


def test_nothing_but_the_totals_where_all_is_right(gallery: Gallery) -> None:
    assert commands(gallery["right"]()) == "::notice title=Result::10 of 10 points, 1 of 1 exercise right\n"


def test_problem_lines_have_one_form(named_result: tuple[str, Result]) -> None:
    for annotation in annotations_of(named_result[1]):
        assert PROBLEM.fullmatch(annotation_line(annotation))


def test_one_hint_an_exercise_and_none_for_a_general_fault(gallery: Gallery) -> None:
    assert commands(gallery["practice_wrong"]()).count("A mean is a sum") == 1
    assert "A row of one number?" not in commands(gallery["several_ways"]())
    assert commands(gallery["advice_only"]()).count("Which number would you take") == 1
