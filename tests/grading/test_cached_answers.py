"""What is kept between one submission and the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import msgspec
import pytest
from given import Given

from grader.course.key import AnswerKey
from grader.errors import NotJudged
from grader.grading.cached_answers import CachedAnswers
from grader.grading.protocol import Helper
from grader.judge.mutants import MutantAnswers


@pytest.fixture
def key(compiled: Callable[..., AnswerKey]) -> AnswerKey:
    return compiled()


def test_mutants_are_had_once_a_key(key: AnswerKey) -> None:
    asked = list[str]()

    def mutants(one: AnswerKey) -> MutantAnswers:
        asked.append(one.id)
        return MutantAnswers()

    answers = CachedAnswers(Given({"double": key}, mutants=mutants))
    other = msgspec.structs.replace(key, id="sha256:other")
    assert [answers.mutants(one) for one in (key, key, other)] == [MutantAnswers()] * 3
    assert asked == [key.id, other.id]


def test_the_authors_process_is_lent_and_ended_once(key: AnswerKey) -> None:
    events = list[str]()

    class Authors:
        def __enter__(self) -> Self:
            events.append("begun")
            return self

        def __exit__(self, *error: object) -> None:
            events.append("ended")

    answers = CachedAnswers(Given({"double": key}, authors=Authors))  # type: ignore[arg-type]
    answers.close()
    assert events == []
    for _ in range(2):
        with answers.authors() as observer:
            assert isinstance(observer, Authors)
    answers.close()
    assert events == ["begun", "ended"]


def test_a_key_that_has_changed_is_read_again(key: AnswerKey) -> None:
    source = Given({"double": key})
    answers = CachedAnswers(source)
    answers.agree({"double": key.id})
    newer = msgspec.structs.replace(key, id="sha256:newer")
    source._keys["double"] = newer
    assert answers.keys(["double"]) == {"double": key}  # as long as nobody asks for another
    answers.agree({"double": newer.id})
    assert answers.keys(["double"]) == {"double": newer}


@pytest.mark.parametrize("identities", [{"double": "sha256:older"}, {"triple": "sha256:any"}])
def test_a_key_that_is_not_the_one_asked_for_is_not_judged_by(key: AnswerKey, identities: dict[str, str]) -> None:
    with pytest.raises(NotJudged, match="is not what it was when the grading began"):
        CachedAnswers(Given({"double": key})).agree(identities)


def test_helpers_are_those_of_the_source_and_a_reference_is_never_given(key: AnswerKey) -> None:
    helper = Helper(key, "def double(x): ...")
    answers = CachedAnswers(Given({"double": key}, solution=lambda one: "text", helper={"double": helper}.get))
    assert (answers.helper("double"), answers.helper("other")) == (helper, None)
    assert answers.solution(key) is None
