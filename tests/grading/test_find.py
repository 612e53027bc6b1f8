"""Which file of a submission answers an exercise."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from grader.course.key import AnswerKey
from grader.grading.find import Found, NotFound, find, is_untouched
from grader.observe.wire import Block, Definition, FileFacts, Source, SyntaxFault


@pytest.fixture
def key(compiled: Callable[..., AnswerKey]) -> AnswerKey:
    return compiled()


def _source(name: str) -> Source:
    return Source(name, (Block(""),))


def _facts(*names: str, blank: bool = False) -> FileFacts:
    return FileFacts(tuple(Definition(name, "function", 1, digest=name, blank=blank) for name in names))


def test_the_last_file_that_defines_it(key: AnswerKey) -> None:
    sources = [_source("a.py"), _source("b.py"), _source("c.py")]

    found = find(key, sources, [_facts("double"), _facts("double"), _facts("other")])

    assert isinstance(found, Found)
    assert found.file == 1


def test_other_files_that_define_it_are_its_rivals(key: AnswerKey) -> None:
    sources = [_source("double.py"), _source("b.py"), _source("c.py"), _source("d.py")]
    facts = [_facts("double"), _facts("double"), _facts("double", blank=True), _facts("other")]

    assert find(key, sources, facts) == Found(0, facts[0].definitions[0], rivals=(1,))
    assert find(key, sources[1:], facts[1:]) == Found(0, facts[1].definitions[0])


def test_a_broken_file_of_the_exercises_name_is_not_passed_over(key: AnswerKey) -> None:
    fault = SyntaxFault("'(' was never closed", 3)

    found = find(key, [_source("double.py"), _source("old.py")], [FileFacts(faults=(fault,)), _facts("double")])

    assert found == NotFound(fault=fault, file=0)


def test_broken_text_that_seems_to_define_it(key: AnswerKey) -> None:
    faults = (SyntaxFault("wrong", 1, names=("other",)), SyntaxFault("wrong", 9, names=("double",)))

    assert find(key, [_source("work.py")], [FileFacts(faults=faults)]) == NotFound(fault=faults[1], file=0)


@pytest.mark.parametrize("name", ["dubble", "Double", "doubel", "dou_ble"])
def test_near_misses_are_reported_not_guessed(key: AnswerKey, name: str) -> None:
    found = find(key, [_source("work.py")], [_facts("unrelated", name)])

    assert isinstance(found, NotFound)
    assert [definition.name for definition in found.near] == [name]


def test_work_below_a_stubs_line_goes_before_a_stub(key: AnswerKey) -> None:
    below = Definition("double", "function", 1, blank=True, barrier=2)
    blank = Definition("double", "function", 1, blank=True, unset=("loss",))
    facts = [FileFacts((below,)), FileFacts((blank,))]
    found = find(key, [_source("one.py"), _source("two.py")], facts)
    assert isinstance(found, Found)
    assert (found.file, found.untouched) == (0, False)


def test_a_broken_attempt_goes_before_an_untouched_stub(key: AnswerKey) -> None:
    fault = SyntaxFault("'(' was never closed", 3, names=("double",))
    for sources in (["double.py", "week.ipynb"], ["week.ipynb", "double.py"]):
        facts = {"double.py": _facts("double", blank=True), "week.ipynb": FileFacts(faults=(fault,))}
        found = find(key, [_source(name) for name in sources], [facts[name] for name in sources])
        assert found == NotFound(fault=fault, file=sources.index("week.ipynb"))


def test_a_stub_with_empty_sides_goes_after_work(key: AnswerKey) -> None:
    stub = FileFacts(faults=(SyntaxFault("invalid syntax", 2, names=("double",), blank=True),))
    assert isinstance(find(key, [_source("double.py"), _source("work.py")], [stub, _facts("double")]), Found)
    alone = find(key, [_source("double.py")], [stub])
    assert isinstance(alone, NotFound)
    assert alone.fault == stub.faults[0]


def test_another_exercises_name_is_no_near_miss(key: AnswerKey) -> None:
    assert find(key, [_source("work.py")], [_facts("doubles")], frozenset({"doubles"})) == NotFound()


def test_untouched_means_the_stub_or_as_blank_as_one(key: AnswerKey) -> None:
    stub = Definition("double", "function", 1, digest=key.stub_digest)

    assert is_untouched(key, stub)
    assert is_untouched(key, msgspec.structs.replace(stub, digest="", blank=True))
    assert not is_untouched(key, msgspec.structs.replace(stub, digest="other"))
    other = msgspec.structs.replace(stub, digest="other", blank=True)
    assert not is_untouched(key, msgspec.structs.replace(other, barrier=3))
    assert not is_untouched(key, msgspec.structs.replace(other, unset=("loss",)))  # something else may set it
    assert not is_untouched(msgspec.structs.replace(key, stub_digest=""), msgspec.structs.replace(stub, digest=""))
