from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest

from grader.observe.walls import abilities as module
from grader.observe.walls.abilities import Abilities, MissingFeature, abilities, missing_features
from grader.observe.walls.levels import Level

ALL = Abilities("Linux 6.12", "x86_64", 6, "2.5.5", "", "/usr/bin/bwrap", "", is_root=False, shut_python="")


def text(found: tuple[MissingFeature, ...]) -> str:
    return " ".join(f"{feature.what} {feature.remedy}" for feature in found)


def test_a_machine_that_has_all_lacks_nothing() -> None:
    assert not any(missing_features(ALL, level) for level in Level)


@pytest.mark.parametrize(
    ("changes", "level", "words"),
    [
        ({"landlock": 0}, Level.STANDARD, "5.13"),
        ({"no_filters": "libseccomp is gone", "libseccomp": ""}, Level.STANDARD, "apt install libseccomp2"),
        ({"no_filters": "this is riscv64", "processor": "riscv64"}, Level.STANDARD, "use a machine with one of those"),
        ({"system": "Darwin 24"}, Level.STANDARD, "grade on Linux"),
        ({"bubblewrap": ""}, Level.STRICT, "apt install bubblewrap"),
        ({"no_namespaces": "`sysctl -w x=1`"}, Level.STRICT, "sysctl -w x=1"),
    ],
)
def test_what_is_lacking_comes_with_what_to_do(changes: dict[str, object], level: Level, words: str) -> None:
    found = dataclasses.replace(ALL, **changes)  # type: ignore[arg-type]
    assert words in text(missing_features(found, level))
    assert {feature.level for feature in missing_features(found, level)} == {level}
    below = list(Level)[list(Level).index(level) - 1]
    assert not missing_features(found, below)


def test_strict_lacks_what_standard_lacks() -> None:
    found = dataclasses.replace(ALL, landlock=0, bubblewrap="")
    assert [feature.level for feature in missing_features(found, Level.STRICT)] == [Level.STANDARD, Level.STRICT]


@pytest.mark.parametrize(
    ("setting", "value", "remedy"),
    [
        ("kernel/unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone=1"),
        ("kernel/apparmor_restrict_unprivileged_userns", "1", "kernel.apparmor_restrict_unprivileged_userns=0"),
        ("user/max_user_namespaces", "0", "user.max_user_namespaces=10000"),
        ("user/max_user_namespaces", "100", None),
    ],
)
def test_settings_that_forbid_namespaces(setting: str, value: str, remedy: str | None, tmp_path: Path) -> None:
    file = tmp_path / setting
    file.parent.mkdir()
    file.write_text(f"{value}\n")
    found = module._namespaces_fault(tmp_path)
    assert (remedy is None and found is None) or (remedy is not None and remedy in str(found))


def test_this_machine() -> None:
    found = abilities()
    assert found.system.startswith("Linux ")
    assert bool(found.libseccomp) is not bool(found.no_filters)


def test_another_platform_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.platform, "system", lambda: "Darwin")
    monkeypatch.setattr(sys, "platform", "darwin")
    found = abilities()
    assert (found.landlock, found.libseccomp, found.bubblewrap) == (0, "", "")
    assert missing_features(found, Level.STANDARD)
