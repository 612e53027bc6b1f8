"""The texts that no message stands for: each is said somewhere, with the arguments that it has places for."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes
from shape import Module, read

from grader.judge.result import Outcome
from grader.words.catalogue import Plural
from grader.words.text import ENGLISH, MESSAGES, said

TEMPLATES = Path(__file__).parents[2] / "templates"
OWN = {name: text for name, text in ENGLISH.items() if name not in MESSAGES}


@pytest.fixture(scope="module")
def modules() -> list[Module]:
    return [module for module in read().values() if ".words.english" not in module.name]


def arguments(name: str) -> set[str]:
    entry = ENGLISH[name]
    texts = [entry] if isinstance(entry, str) else [entry.one, entry.other]
    counted = {entry.by} if isinstance(entry, Plural) else set()
    return counted | {place for text in texts for _, place, _, _ in string.Formatter().parse(text) if place}


def calls_in_code(modules: list[Module]) -> Iterator[tuple[str, set[str]]]:
    for module in modules:
        if not any((at.source, at.name) == ("grader.words.text", "said") for at in module.imports):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "said":
                names = {keyword.arg for keyword in node.keywords if keyword.arg}
                if node.args and isinstance(node.args[0], ast.Constant):
                    yield str(node.args[0].value), names


def calls_in_templates() -> Iterator[tuple[str, set[str]]]:
    environment = jinja2.Environment()
    environment.filters = dict.fromkeys([*environment.filters, *_filters()], str)
    for file in TEMPLATES.glob("*.j2"):
        for call in environment.parse(file.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "said" and isinstance(call.args[0], nodes.Const):
                yield call.args[0].value, {keyword.key for keyword in call.kwargs}


def _filters() -> set[str]:
    return {name for file in TEMPLATES.glob("*.j2") for name in re.findall(r"\| *(\w+)", file.read_text("utf-8"))}


def test_a_text_is_said_with_the_arguments_that_it_has_places_for(modules: list[Module]) -> None:
    calls = [*calls_in_code(modules), *calls_in_templates()]
    assert len(calls) > 100
    assert not [(name, names) for name, names in calls if name not in ENGLISH or names != arguments(name)]


def test_every_text_is_said_somewhere(modules: list[Module]) -> None:
    sources = [module.text for module in modules] + [file.read_text("utf-8") for file in TEMPLATES.glob("*.j2")]
    everything = "\n".join(sources)
    begun = tuple(re.findall(r"""f"([a-z_]+\.[a-z_.]*)\{""", everything)) + tuple(
        re.findall(r'said\("([a-z_]+\.[a-z_.]*\.)" ~', everything)
    )
    quoted = set(re.findall(r"""["']([\w.]+)["']""", everything))
    assert not [name for name in OWN if name not in quoted and not name.startswith(begun)]


def test_ids_of_messages_and_of_other_texts_are_apart() -> None:
    assert len(OWN) + len(MESSAGES) == len(ENGLISH)


def test_every_outcome_has_words() -> None:
    assert not [outcome for outcome in Outcome if said(f"outcome.{outcome.value}").startswith("[")]
