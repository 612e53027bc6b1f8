"""Which language is spoken, and that nobody hears another's."""

from __future__ import annotations

import threading

import pytest

from grader.words.language import Language, chosen, language_of, speaking, spoken


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", Language.ENGLISH),
        ("zh", Language.CHINESE),
        ("zh-Hans-CN", Language.CHINESE),
        ("zh_CN.UTF-8", Language.CHINESE),
        ("DE_at@euro", Language.GERMAN),
        ("de.UTF-8", Language.GERMAN),
        ("fr", None),
        ("C.UTF-8", None),
        ("POSIX", None),
        ("", None),
    ],
)
def test_the_language_of_a_tag(tag: str, language: Language | None) -> None:
    assert language_of(tag) is language


@pytest.mark.parametrize(
    ("asked", "written", "environment", "language"),
    [
        ("de", "zh", {"LANG": "en_GB"}, Language.GERMAN),
        (None, "zh", {"LANG": "de_DE"}, Language.CHINESE),
        (None, None, {"LANG": "de_DE.UTF-8"}, Language.GERMAN),
        (None, None, {"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, Language.ENGLISH),
        (None, None, {"LANG": "de_DE.UTF-8", "LC_ALL": "", "LC_MESSAGES": "zh_CN"}, Language.CHINESE),
        (None, "pt-BR", {"LANG": "de_DE"}, Language.GERMAN),
        (None, None, {}, Language.ENGLISH),
    ],
)
def test_what_is_chosen(
    asked: str | None, written: str | None, environment: dict[str, str], language: Language
) -> None:
    assert chosen(asked, written, environment) is language


def test_a_language_is_spoken_within_and_no_longer() -> None:
    with speaking(Language.GERMAN):
        with speaking(Language.CHINESE):
            assert spoken() is Language.CHINESE
        assert spoken() is Language.GERMAN
    assert spoken() is Language.ENGLISH


def test_a_thread_does_not_hear_what_another_speaks() -> None:
    heard: list[Language] = []
    with speaking(Language.CHINESE):
        thread = threading.Thread(target=lambda: heard.append(spoken()))
        thread.start()
        thread.join()
    assert heard == [Language.ENGLISH]
