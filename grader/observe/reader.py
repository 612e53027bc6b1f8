"""What texts say, told by one process for many submissions.

It parses and compiles, and hands on what it has made; it never runs a line of any of it. In each child all of that
would be done for the first time, which takes longer, and a submission whose calls are all known takes no child at all.
It is behind the same walls as the children, and reads for nobody who is to be judged alone; why that is enough is said
in docs/decisions/0017-one-reader.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, final

from grader.errors import NotJudged
from grader.observe.child import Launcher
from grader.observe.conversation import Conversation, Failed
from grader.observe.wire import Limits, Source, Tell, WasRead

__all__ = ["Reader"]

_LARGEST: Final = 64 << 10  # characters of all cells of a submission, those that are no code too
_SECONDS: Final = 5.0  # for one submission
_MOST: Final = 500  # submissions, after which it is replaced


@final
class Reader:
    """Starts with the second submission: one alone is read sooner by the child that runs it."""

    def __init__(self, launcher: Launcher) -> None:
        self._launcher = launcher
        self._conversation: Conversation | None = None
        self._generation: int | None = None
        self._count = 0

    def read(self, sources: Sequence[Source], tell: Sequence[Tell]) -> WasRead | None:
        """What was asked for of the files, and what is to be run; None where the submission's own child has to say it.

        So it is with a submission that shares nothing with others (`Tell.REACH`), with long texts, with what breaks the
        parser, and where each child is a new interpreter.
        """
        if Tell.REACH not in tell or self._launcher.generation is None or _size(sources) > _LARGEST:
            return None
        self._count += 1
        if self._count == 1:
            return None
        try:
            return self._begun().read(sources, _SECONDS, tell=tuple(tell))
        except (Failed, NotJudged):
            self.close()
            return None
        except BaseException:
            self.close()  # the answer that is on its way must not be taken for that to another question
            raise

    def close(self) -> None:
        if self._conversation is not None:
            self._conversation.close()
            self._conversation = None

    def _begun(self) -> Conversation:
        if self._generation != self._launcher.generation or self._count % _MOST == 0:
            self.close()
        if self._conversation is None:
            self._conversation = Conversation(self._launcher.start(), Limits().memory)
            self._generation = self._launcher.generation  # starting may have replaced what it was forked from
        return self._conversation


def _size(sources: Sequence[Source]) -> int:
    return sum(len(one.text) for source in sources for cells in (source.blocks, source.asides) for one in cells)
