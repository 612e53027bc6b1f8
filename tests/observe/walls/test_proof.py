from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import ClassVar

import pytest

from grader.errors import GraderError, NotJudged
from grader.observe.child import Child, Lost
from grader.observe.walls import proof
from grader.observe.walls.abilities import Abilities
from grader.observe.walls.evidence import CanaryCheck
from grader.observe.walls.levels import AUTO, Level, wished
from grader.observe.walls.proof import Unproved, proved

ALL = Abilities("Linux 6.12", "x86_64", 6, "2.5.5", "", "/usr/bin/bwrap", "", is_root=False, shut_python="")
WELL = CanaryCheck("connect", "EPERM", is_needed=False, is_as_required=True)
ESCAPED = CanaryCheck("connect", "", is_needed=False, is_as_required=False)
UNREADABLE = CanaryCheck("import a module", "EACCES", is_needed=True, is_as_required=False)


class FakeZygote:
    begun: ClassVar[list[FakeZygote]] = []

    def __init__(self, level: Level) -> None:
        self.level = level
        self.is_retired = False
        self.begun.append(self)

    def start_child(self) -> Child:
        raise AssertionError

    def retire(self) -> None:
        self.is_retired = True


Setting = Callable[..., list[FakeZygote]]


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Setting:
    """A machine with `found`, whose canary answers at each level as told: with trials, or an error."""

    def of(found: Abilities = ALL, **answers: tuple[CanaryCheck, ...] | BaseException) -> list[FakeZygote]:
        def tried(start: Callable[[], Child], level: Level) -> tuple[CanaryCheck, ...]:
            answer = answers[level.value]
            if isinstance(answer, BaseException):
                raise answer
            return answer

        monkeypatch.setattr(proof, "abilities", lambda: found)
        monkeypatch.setattr(proof, "canary_checks", tried)
        monkeypatch.setattr(FakeZygote, "begun", [])
        return FakeZygote.begun

    return of


def test_the_best_that_proves_itself(setting: Setting) -> None:
    begun = setting(strict=(WELL,))
    zygote, evidence = proved(wished(AUTO), FakeZygote)
    assert (zygote.level, evidence.level) == (Level.STRICT, Level.STRICT)
    assert evidence.checks == (WELL,)
    assert evidence.missing_features == ()
    assert len(begun) == 1


def test_auto_goes_down_and_says_why(setting: Setting) -> None:
    begun = setting(strict=(WELL, ESCAPED), standard=(WELL,))
    _, evidence = proved(wished(AUTO), FakeZygote)
    assert evidence.level is Level.STANDARD
    assert [feature.what for feature in evidence.missing_features] == ["a trial submission could still connect"]
    assert [one.is_retired for one in begun] == [True, False]


def test_without_any_walls_auto_is_none(setting: Setting) -> None:
    setting(dataclasses.replace(ALL, landlock=0, bubblewrap=""))
    _, evidence = proved(wished(AUTO), FakeZygote)
    assert evidence.level is Level.NONE
    assert evidence.checks == ()
    assert [feature.level for feature in evidence.missing_features] == [Level.STANDARD, Level.STRICT]  # each once


def test_a_level_by_name_is_had_or_refused(setting: Setting) -> None:
    begun = setting(strict=Lost("the process ended: bwrap: no; run `grader doctor`"))
    with pytest.raises(Unproved) as refused:
        proved((Level.STRICT,), FakeZygote)
    assert isinstance(refused.value, GraderError)
    assert not isinstance(refused.value, NotJudged)
    lines = str(refused.value).splitlines()
    assert lines[0] == "isolation `strict` cannot be had on this machine"
    assert lines[1].startswith("- the process ended: bwrap: no: let users make namespaces")
    assert begun[0].is_retired


def test_nothing_is_begun_where_something_is_lacking(setting: Setting) -> None:
    begun = setting(dataclasses.replace(ALL, bubblewrap=""))
    with pytest.raises(Unproved, match="apt install bubblewrap"):
        proved((Level.STRICT,), FakeZygote)
    assert not begun


def test_a_silent_canary_proves_nothing(setting: Setting) -> None:
    setting(standard=())
    with pytest.raises(Unproved, match="crashed"):
        proved((Level.STANDARD,), FakeZygote)


def test_a_python_for_root_alone_is_named(setting: Setting) -> None:
    setting(dataclasses.replace(ALL, is_root=True, shut_python="/root"), standard=(WELL, UNREADABLE))
    with pytest.raises(Unproved, match="chmod o\\+rx /root"):
        proved((Level.STANDARD,), FakeZygote)


def test_a_fault_ends_the_zygote(setting: Setting) -> None:
    begun = setting(standard=KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        proved((Level.STANDARD,), FakeZygote)
    assert begun[0].is_retired
