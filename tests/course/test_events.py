"""Our limit on nesting speaks, whichever parser reads and whatever limit it has of its own."""

from __future__ import annotations

import pytest
import yaml

from grader.course.events import TooDeep, events

DEEPEST = 5


class _Impatient(yaml.SafeLoader):
    """A parser that gives up, in its own words, at the tenth bracket, before it tells of the first."""

    def fetch_flow_collection_start(self, kind: type[yaml.Token]) -> None:
        if self.flow_level == 9:
            raise yaml.scanner.ScannerError("words", self.get_mark(), "of its own", self.get_mark())
        super().fetch_flow_collection_start(kind)


@pytest.fixture(params=["CSafeLoader", "SafeLoader", _Impatient], ids=str)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    found = getattr(yaml, request.param, None) if isinstance(request.param, str) else request.param
    if found is None:
        pytest.skip("PyYAML has no C parser here")
    monkeypatch.setattr(yaml, "CSafeLoader", found)


def read(text: str) -> list[str]:
    return [event.value for event in events(text, deepest=DEEPEST) if isinstance(event, yaml.ScalarEvent)]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("opening", ["[", "{", "[{", "[ ", "{a: ", "[1, ", "- ", "? "])
@pytest.mark.parametrize("times", [DEEPEST + 1, 12, 3000])
def test_too_many_levels_are_refused_where_the_first_begins(opening: str, times: int) -> None:
    with pytest.raises(TooDeep) as raised:
        read(opening * times)

    mark = raised.value.mark
    assert mark.index == mark.column
    assert mark.index in range(DEEPEST, (DEEPEST + 1) * len(opening))


@pytest.mark.usefixtures("loader")
def test_as_many_as_are_allowed_are_read() -> None:
    assert read("[" * DEEPEST + "x" + "]" * DEEPEST) == ["x"]
    assert read("a: " + "[[], [], " * (DEEPEST - 2) + "x" + "]" * (DEEPEST - 2)) == ["a", "x"]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "text", ["'" + "[" * 30, '"' + "{" * 30, "a: |\n  " + "[" * 30 + "\nb: ]", "# " + "[" * 30 + "\n]"]
)
def test_brackets_that_open_nothing_are_not_counted(text: str) -> None:
    with pytest.raises(yaml.MarkedYAMLError):
        read(text)


@pytest.mark.usefixtures("loader")
def test_brackets_in_texts_are_read() -> None:
    brackets = "[" * 30
    assert read(f"'{brackets}'\n") == [brackets]
    assert read(f"|\n  {brackets}\n") == [f"{brackets}\n"]
