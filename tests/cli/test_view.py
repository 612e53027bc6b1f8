from __future__ import annotations

from collections.abc import Callable

import msgspec

from grader.cli.view import View, after_grading, following, keys_of, pressed, selected
from grader.judge.result import Outcome, Result

Gallery = dict[str, Callable[[], Result]]
HINTS = {"softmax": 2, "image2vector": 3}


def names(gallery: Gallery) -> list[str]:
    return [exercise.name for exercise in gallery["whole_assignment"]().exercises]


def solved(result: Result, name: str) -> Result:
    exercises = tuple(
        msgspec.structs.replace(each, outcome=Outcome.PASSED, tests=()) if each.name == name else each
        for each in result.exercises
    )
    return msgspec.structs.replace(result, exercises=exercises)


def test_the_first_that_is_not_right_is_looked_at(gallery: Gallery) -> None:
    assert selected(View(), gallery["whole_assignment"]()).name == "image2vector"


def test_where_all_is_right_the_last(gallery: Gallery) -> None:
    assert selected(View(), gallery["undecided"]()).name == "normalizeRows"


def test_next_and_previous_go_round(gallery: Gallery) -> None:
    result = gallery["whole_assignment"]()
    view = View()
    seen = []
    for _ in names(gallery):
        view = pressed(view, "n", result, HINTS)
        seen.append(selected(view, result).name)
    assert seen == [*names(gallery)[2:], *names(gallery)[:2]]
    assert selected(pressed(view, "p", result, HINTS), result).name == names(gallery)[0]


def test_hints_stop_at_the_end_of_the_ladder(gallery: Gallery) -> None:
    result = gallery["wrong_value"]()
    view = View()
    for _ in range(5):
        view = pressed(view, "h", result, HINTS)
    assert view.hints == 2


def test_hints_go_when_another_exercise_is_looked_at(gallery: Gallery) -> None:
    result = gallery["whole_assignment"]()
    assert pressed(View(hints=2), "n", result, HINTS).hints == 0


def test_all_is_switched_on_and_off(gallery: Gallery) -> None:
    result = gallery["right"]()
    view = pressed(View(), "a", result, HINTS)
    assert view.everything
    assert not pressed(view, "a", result, HINTS).everything


def test_any_other_key_changes_nothing(gallery: Gallery) -> None:
    assert pressed(View(), "\x1b", gallery["right"](), HINTS) == View()


def test_what_has_become_right_stays_for_once(gallery: Gallery) -> None:
    before = gallery["whole_assignment"]()
    after = solved(before, "softmax")
    view = after_grading(View(chosen="softmax", hints=2), before, after)
    assert view == View(chosen="softmax", just_right=True)
    assert after_grading(view, after, after) == View()


def test_only_keys_that_do_something_are_offered(gallery: Gallery) -> None:
    whole, alone = gallery["whole_assignment"](), gallery["right"]()
    assert keys_of(View(), alone, HINTS, 1) == {"a": "all", "q": "quit"}
    assert list(keys_of(View(), whole, HINTS, 1)) == ["h", "n", "p", "a", "q"]
    assert "h" not in keys_of(View(hints=3), whole, HINTS, 1)
    assert keys_of(View(everything=True, part=-1), whole, HINTS, 3)["m"] == "more (3 of 3)"


def test_no_hint_is_offered_where_there_is_none(gallery: Gallery) -> None:
    result = gallery["wrong_value"]()
    assert "h" not in keys_of(View(), result, {"softmax": 0}, 1)
    assert pressed(View(everything=True), "h", result, {}) == View(everything=True)


def test_more_goes_round_and_a_hint_is_at_the_end(gallery: Gallery) -> None:
    result = gallery["whole_assignment"]()
    assert pressed(View(part=1), "m", result, HINTS).part == 2
    assert pressed(View(), "h", result, HINTS).part == -1
    assert pressed(View(part=1), "a", result, HINTS).part == 0


def test_what_is_still_wrong_stays_with_its_hints(gallery: Gallery) -> None:
    before = gallery["whole_assignment"]()
    view = View(chosen="softmax", hints=2)
    assert after_grading(view, before, solved(before, "image2vector")) == view


def test_a_saved_file_is_followed_where_something_in_it_is_wrong(gallery: Gallery) -> None:
    result = gallery["whole_assignment"]()
    assert following(View(hints=1), {"softmax.py"}, result) == View(chosen="softmax")
    assert following(View(hints=1), {"image2vector.py"}, result) == View(hints=1)
    assert following(View(), {"notes.py"}, result) == View()
    for exercise in result.exercises:
        if exercise.file == "softmax.py":
            result = solved(result, exercise.name)
    assert following(View(), {"softmax.py"}, result) == View()
