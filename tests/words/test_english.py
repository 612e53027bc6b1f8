"""Every message has a text, with the places that it has arguments for."""

from __future__ import annotations

import importlib
import pkgutil
import string
from collections.abc import Iterator

import grader.judge.messages
from grader.judge.messages import known
from grader.message import TEXT, TEXTS, Message, MessageType, Origin
from grader.words.catalogue import Plural
from grader.words.text import MESSAGES


def declared() -> Iterator[MessageType]:
    """All types of messages, of every module that declares some."""
    yield TEXT
    yield TEXTS
    judging = pkgutil.iter_modules(grader.judge.messages.__path__, "grader.judge.messages.")
    for name in (*(module.name for module in judging), "grader.observe.refusals"):
        for value in vars(importlib.import_module(name)).values():
            each = value.values() if isinstance(value, dict) else [value]
            yield from (kind for kind in each if isinstance(kind, MessageType))


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


TYPES = {kind.id: kind for kind in declared()}


def test_every_message_has_a_text_and_every_text_a_message() -> None:
    assert sorted(TYPES) == sorted(MESSAGES)


def test_a_text_has_places_for_no_other_arguments_than_its_message_has() -> None:
    wrong = []
    for name, text in MESSAGES.items():
        texts = [text.one, text.other] if isinstance(text, Plural) else [text]
        counted = {text.by} if isinstance(text, Plural) else set()
        wrong += [name for each in texts if places(each) | counted != set(TYPES[name].origins)]
    assert not wrong


def test_what_is_said_in_general_needs_no_argument() -> None:
    assert not [kind.id for kind in TYPES.values() if kind.general is not None and TYPES[kind.general].origins]


def test_every_type_is_known_by_its_id() -> None:
    assert known.TYPES == TYPES


def test_what_is_said_in_general() -> None:
    """Of a message with a general sibling that; of any other itself, if it has nothing of a case."""
    for kind in TYPES.values():
        message = kind(**dict.fromkeys(kind.origins, ""))
        itself = None if Origin.CASE in kind.origins.values() else message
        assert known.in_general(message) == (itself if kind.general is None else Message(kind.general))
    assert known.in_general(Message("of a later version")) is None
