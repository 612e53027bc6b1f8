"""Every message has a text, with the places that it has arguments for."""

from __future__ import annotations

import importlib
import pkgutil
import string

import grader.judge.messages
from grader.judge.messages.declared import DECLARED
from grader.message import TEXT, MessageType
from grader.words.catalogue import Plural
from grader.words.text import ENGLISH


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_module_of_messages_is_looked_at_and_no_id_is_declared_twice() -> None:
    every = [TEXT]
    for module in pkgutil.iter_modules(grader.judge.messages.__path__):
        names = vars(importlib.import_module(f"grader.judge.messages.{module.name}"))
        for value in names.values():
            each = value.values() if isinstance(value, dict) else [value]
            every += [kind for kind in each if isinstance(kind, MessageType)]

    assert {kind.id: kind for kind in every} == DECLARED
    assert len({id(kind) for kind in every}) == len(DECLARED)


def test_every_message_has_a_text_and_every_text_a_message() -> None:
    assert sorted(DECLARED) == sorted(ENGLISH)


def test_a_text_has_places_for_no_other_arguments_than_its_message_has() -> None:
    wrong = []
    for name, text in ENGLISH.items():
        texts = [text.one, text.other] if isinstance(text, Plural) else [text]
        counted = {text.by} if isinstance(text, Plural) else set()
        wrong += [name for each in texts if places(each) | counted != set(DECLARED[name].origins)]
    assert not wrong


def test_what_is_said_in_general_needs_no_argument() -> None:
    assert not [kind.id for kind in DECLARED.values() if kind.general is not None and DECLARED[kind.general].origins]
