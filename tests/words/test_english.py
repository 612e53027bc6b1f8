"""Every message has a text, with the places that it has arguments for."""

from __future__ import annotations

import importlib
import pkgutil
import string
from collections.abc import Iterator

import grader.judge.messages
from grader.judge.messages import known
from grader.message import TEXT, MessageType
from grader.words.catalogue import Plural
from grader.words.text import ENGLISH


def declared() -> Iterator[MessageType]:
    """All types of messages, of every module that declares some."""
    yield TEXT
    for module in pkgutil.iter_modules(grader.judge.messages.__path__):
        names = vars(importlib.import_module(f"grader.judge.messages.{module.name}"))
        for value in names.values():
            each = value.values() if isinstance(value, dict) else [value]
            yield from (kind for kind in each if isinstance(kind, MessageType))


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


TYPES = {kind.id: kind for kind in declared()}


def test_every_message_has_a_text_and_every_text_a_message() -> None:
    assert sorted(TYPES) == sorted(ENGLISH)


def test_a_text_has_places_for_no_other_arguments_than_its_message_has() -> None:
    wrong = []
    for name, text in ENGLISH.items():
        texts = [text.one, text.other] if isinstance(text, Plural) else [text]
        counted = {text.by} if isinstance(text, Plural) else set()
        wrong += [name for each in texts if places(each) | counted != set(TYPES[name].origins)]
    assert not wrong


def test_what_is_said_in_general_needs_no_argument() -> None:
    assert not [kind.id for kind in TYPES.values() if kind.general is not None and TYPES[kind.general].origins]


def test_every_type_is_known_by_its_id() -> None:
    assert known.TYPES == TYPES
