"""Brings the catalogues of the other languages up to date with the English texts, and compiles them.

`python .ci/catalogues.py` after any change of a text: each entry of a .po file gets the English beside it, a new one
is added, one that is gone is taken out, and one whose English has changed is marked `fuzzy` until somebody has looked
at it and has taken the mark away; a fuzzy entry is not compiled. With `--check` nothing is written, and the exit
status is 1 where something would have been.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from grader.words.catalogue import Plural
from grader.words.language import Language
from grader.words.text import ENGLISH
from grader.words.translated import FOLDER


class Bare(Catalog):
    """A catalogue whose header says nothing that changes by itself, such as dates and versions."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale_identifier)),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Plural-Forms", self.plural_forms),
        ]


def updated(language: Language) -> Catalog:
    """The catalogue with an entry for each English text, in their order."""
    file = FOLDER / f"{language.value}.po"
    content = io.BytesIO(file.read_bytes() if file.exists() else b"")
    before = read_po(content, locale=language.value)
    now = Bare(
        language.value, header_comment="# Made with .ci/catalogues.py: docs/translating.md says how.", fuzzy=False
    )
    for name, entry in ENGLISH.items():
        old, comments = before.get(name), list(english(entry))
        is_plural = isinstance(entry, Plural)
        kept = old is not None and isinstance(old.string, str) is not is_plural
        has_text = old is not None and kept and any([old.string] if isinstance(old.string, str) else old.string)
        changed = old is not None and one_line(old.auto_comments) != one_line(comments)
        now.add(
            (name, name) if is_plural else name,
            old.string if old is not None and kept else None,
            auto_comments=comments,
            user_comments=old.user_comments if old is not None else (),
            flags={"fuzzy"} if has_text and old is not None and (changed or old.fuzzy) else (),
        )
    return now


def english(entry: str | Plural) -> Iterator[str]:
    """What a translator reads of the English text, a line each."""
    yield from (entry.one, entry.other) if isinstance(entry, Plural) else entry.split("\n")


def one_line(comments: list[str]) -> str:
    """What comments say, however they are broken into lines."""
    return " ".join(" ".join(comments).split())


def written(catalogue: Catalog) -> tuple[bytes, bytes]:
    """The catalogue as .po and as .mo, without the date."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, omit_header=False, width=118)
    write_mo(mo, catalogue)
    return po.getvalue(), mo.getvalue()


def main(*arguments: str) -> int:
    changed = []
    for language in Language:
        if language is Language.ENGLISH:
            continue
        for suffix, content in zip(("po", "mo"), written(updated(language)), strict=True):
            file = FOLDER / f"{language.value}.{suffix}"
            if not file.exists() or file.read_bytes() != content:
                changed.append(file.name)
                if "--check" not in arguments:
                    file.write_bytes(content)
    print(f"changed: {', '.join(changed)}" if changed else "up to date")
    return int("--check" in arguments and bool(changed))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
