"""The catalogues of the other languages: each says all, with the arguments that the English has."""

from __future__ import annotations

import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.message import Message
from grader.words.catalogue import Plural
from grader.words.language import Language, speaking
from grader.words.text import ENGLISH, listed, text
from grader.words.translated import FOLDER, catalogue_of, missing, translated

OTHERS = [language for language in Language if language is not Language.ENGLISH]
SPECS = {"", "code", "capital", "ended", ",", "g"}  # what `grader.words.text` knows
UNTRANSLATED: frozenset[str] = frozenset()  # ids of texts that wait for a translator; English is said in their place
every_language = pytest.mark.parametrize("language", OTHERS, ids=lambda each: each.value)


def forms(language: Language, name: str, entry: str | Plural) -> Iterator[str]:
    yield from (translated(language, name, entry, count) for count in (0, 1, 2, 5, 21))


def places(text: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name is not None}


@every_language
def test_nothing_is_missing(language: Language) -> None:
    assert set(missing(language, ENGLISH)) == UNTRANSLATED


@every_language
def test_a_text_has_the_places_that_the_english_has(language: Language) -> None:
    wrong = []
    for name, entry in ENGLISH.items():
        due = {place for place, _ in places(entry if isinstance(entry, str) else entry.other + entry.one)}
        counted = {entry.by} if isinstance(entry, Plural) else set()
        for form in forms(language, name, entry):
            here = places(form)
            if {place for place, _ in here} | counted != due | counted or not {how for _, how in here} <= SPECS:
                wrong.append(f"{name}: {form}")
    assert not wrong


@every_language
def test_code_in_a_text_is_the_same_code(language: Language) -> None:
    wrong = []
    for name, entry in ENGLISH.items():
        english = [entry] if isinstance(entry, str) else [entry.one, entry.other]
        code = {piece for each in english for piece in re.findall("`[^`]+`", each)}
        wrong += [name for form in forms(language, name, entry) if set(re.findall("`[^`]+`", form)) != code]
    assert not wrong


@every_language
def test_a_catalogue_has_no_text_that_nobody_asks_for(language: Language) -> None:
    kept = (FOLDER / f"{language.value}.po").read_text(encoding="utf-8")
    assert set(re.findall(r'^msgid "(.+)"$', kept, re.MULTILINE)) <= set(ENGLISH)
    assert "#~" not in kept


@every_language
def test_the_compiled_catalogue_is_that_of_the_readable_one(
    language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("babel")
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).parents[2] / ".ci")])
    import catalogues

    readable, compiled = catalogues.written(catalogues.updated(language))
    assert (FOLDER / f"{language.value}.po").read_bytes() == readable
    assert (FOLDER / f"{language.value}.mo").read_bytes() == compiled


def test_what_a_catalogue_lacks_is_said_in_english() -> None:
    assert translated(Language.GERMAN, "from_tomorrow", "It {said}.", None) == "It {said}."
    assert translated(Language.CHINESE, "from_tomorrow", Plural("n", "{n} point", "{n} points"), 1) == "{n} point"
    assert missing(Language.GERMAN, {"from_tomorrow": "A word", "only_places": "{one}: `{other}`"}) == (
        "from_tomorrow",
    )


def test_english_reads_no_catalogue() -> None:
    catalogue_of.cache_clear()
    text(Message("place.line", (("line", 1),)))
    assert not missing(Language.ENGLISH, ENGLISH)
    assert catalogue_of.cache_info().currsize == 0
    assert not list(FOLDER.glob("en.*"))


CHANGED = Message("also_changed", (("count", 2), ("names", ("x", "y"))))
SECONDS = Message("timed_out", (("seconds", 0.5),))
MANY = Message("taken_from.others", (("count", 1200),))


@pytest.mark.parametrize(
    ("language", "message", "said"),
    [
        (Language.CHINESE, CHANGED, "另外，调用改动了 `x` 和 `y`，而这应当保持不变。"),
        (Language.GERMAN, CHANGED, "Außerdem hat der Aufruf `x` und `y` verändert, die bleiben sollen, wie sie sind."),
        (Language.CHINESE, MANY, "另外 1,200 个"),
        (Language.GERMAN, MANY, "1.200 andere"),
        (Language.CHINESE, SECONDS, "在 0.5 秒内没有结束：是不是死循环？"),
        (Language.GERMAN, SECONDS, "Es wurde nicht innerhalb von 0,5 s fertig: eine Schleife, die nie endet?"),
        (Language.GERMAN, Message("from_tomorrow"), "[from_tomorrow]"),
    ],
)
def test_what_is_said(language: Language, message: Message, said: str) -> None:
    with speaking(language):
        assert text(message) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [(Language.CHINESE, "a、b 和 c"), (Language.GERMAN, "a, b und c"), (Language.ENGLISH, "a, b and c")],
)
def test_a_list(language: Language, said: str) -> None:
    with speaking(language):
        assert listed(["a", "b", "c"]) == said


def test_no_space_follows_a_full_width_bracket_in_a_list() -> None:
    with speaking(Language.CHINESE):
        assert listed(["`a`（第 1 行）", "`b`"]) == "`a`（第 1 行）和 `b`"
