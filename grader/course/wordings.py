"""Texts for people in a specification: plain, or one for each of several languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, TypeAlias

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticKnownError

from grader.course.fields import LANGUAGE_TAG, fault
from grader.course.problems import clip
from grader.message import TEXTS, Message, Wording

__all__ = ["WORDING", "About", "Words", "as_identified", "context_of"]

WORDING: Final = {"format": "wording"}  # `grader.course.schema` puts a definition in its place
_COURSE_LANGUAGE: Final = "language"
_ENGLISH: Final = "en"


def context_of(language: object) -> dict[str, object]:
    """What the texts of a course are read with: its own language, in which they are shown where another is lacking."""
    return {_COURSE_LANGUAGE: language}


def _words(raw: object, info: ValidationInfo) -> Wording:
    if isinstance(raw, str | Message):
        return _filled(raw)
    if not isinstance(raw, Mapping):
        raise PydanticKnownError("string_type")
    texts = {_tag(tag): _translation(tag, text) for tag, text in raw.items()}
    if not texts:
        raise fault("there is no text in it", advice="Write a text, or one for each language: {en: …, de: …}.")
    languages = tuple(texts)
    return TEXTS(own=_own(languages, info.context), languages=languages, texts=tuple(texts.values()))


def _about(raw: object, info: ValidationInfo) -> Wording:
    """Like `_words`, and it may be empty."""
    return raw if raw == "" else _words(raw, info)


def _filled(wording: Wording) -> Wording:
    if isinstance(wording, str) and not wording.strip():
        raise fault("the text is empty")
    return wording


def _tag(tag: object) -> str:
    if isinstance(tag, str) and re.match(LANGUAGE_TAG, tag):
        return tag
    raise fault(
        f"'{clip(tag)}' is no language tag",
        advice="Texts in several languages have a tag before each: {en: …, de: …}. One text with `: ` in it is put in "
        "quotes, or on indented lines below `key: |`.",
        path=(tag,) if isinstance(tag, str) else (),
    )


def _translation(tag: object, text: object) -> str:
    if not isinstance(text, str):
        raise fault(f"the text in '{clip(tag)}' must be text", advice="Put it in quotes.", path=(str(tag),))
    if not text.strip():
        advice = "Write it, or leave the language out."
        raise fault(f"the text in '{clip(tag)}' is empty", advice=advice, path=(str(tag),))
    return text


def _own(languages: tuple[str, ...], context: Mapping[str, object] | None) -> str:
    """The language that is shown where the one asked for is lacking: the course's, English, the first there is."""
    wanted = (context or {}).get(_COURSE_LANGUAGE)
    return next((tag for tag in (wanted, _ENGLISH) if isinstance(tag, str) and tag in languages), languages[0])


def as_identified(value: Any) -> Any:
    """The value with the first of each text's languages alone: answer keys are known by that, so a translation that is
    added or mended makes no exercise another.
    """
    if isinstance(value, Message):
        texts = value.arg("texts")
        return texts[0] if isinstance(texts, tuple) else value
    if isinstance(value, tuple):
        return tuple(map(as_identified, value))
    if isinstance(value, dict):
        return {name: as_identified(each) for name, each in value.items()}
    return value


Words: TypeAlias = Annotated[Wording, PlainValidator(_words), WithJsonSchema(WORDING)]
"""A text for people, in one language or in several."""
About: TypeAlias = Annotated[Wording, PlainValidator(_about), WithJsonSchema(WORDING)]
"""The same, and it may be empty."""
