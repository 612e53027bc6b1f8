"""An observer: it opens a session for each submission. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from grader.observe.child import Launcher

if TYPE_CHECKING:
    from grader.observe.questions import Questions
    from grader.observe.reader import Reader
    from grader.observe.replies import RememberedReplies
    from grader.observe.session import Session
    from grader.observe.walls.evidence import Evidence
    from grader.observe.wire import Limits, Source, Tell

__all__ = ["Observer"]


class Observer:
    """Where submissions are run. A context manager; not for several threads at a time."""

    def __init__(self, launcher: Launcher) -> None:
        self._launcher = launcher
        self._replies: RememberedReplies | None = None
        self._reader: Reader | None = None

    @property
    def isolation(self) -> str:
        """The level that was proved (`grader.observe.walls`)."""
        return self._launcher.isolation

    @property
    def evidence(self) -> Evidence:
        """What it was proved by, and why it is no more. Raises `GraderError` where walls cannot be had."""
        return self._launcher.evidence

    def prefetch(self) -> None:
        """Start a process already, so that it imports numpy while there is other work to do."""
        self._launcher.prefetch()

    def session(
        self,
        sources: Sequence[Source],
        *,
        tell: Sequence[Tell] | None = None,
        questions: Questions | None = None,
        limits: Limits | None = None,
        packages: Mapping[str, str] = MappingProxyType({}),
    ) -> Session:
        """A session with a submission's files, to load and to call them. A context manager.

        Parameters
        ----------
        sources
            The files, in the order by which the session's methods number them.
        tell
            What the facts say beside what does not parse: what is defined (None: that alone), what definitions use,
            for rules of style, and what they reach, for `grader.observe.sharing`.
        questions
            Functions that the submission does not define itself: calls of them are sent to this process.
        limits
            Those of the first load and call, so that the child that parses the files can go on with them: seconds for
            a load and for a call, bytes of memory.
        packages
            Modules that are imported before anything of the submission runs, by the names that authors' expressions
            see them under.

        Returns
        -------
        Session
            Its `facts` say that of each file. No line of the submission has run yet.

        Raises
        ------
        NotJudged
            Where no child can be started. `GraderError` where the level of isolation cannot be had.
        """
        from grader.observe.reader import Reader
        from grader.observe.replies import RememberedReplies
        from grader.observe.session import Session

        self._launcher.use(tuple(packages.values()))
        self._launcher.refresh()
        self._replies = self._replies or RememberedReplies()
        self._reader = self._reader or Reader(self._launcher)
        return Session(
            self._launcher,
            sources,
            tell=tell,
            questions=questions,
            limits=limits,
            replies=self._replies,
            packages=packages,
            reader=self._reader,
        )

    def forget(self) -> None:
        """Remember no reply of earlier sessions: for measuring what one submission takes."""
        self._replies = None

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
        self._launcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()
