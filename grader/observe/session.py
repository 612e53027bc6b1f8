"""A session: a submission's files loaded and called in child processes, which may hang, crash, flood or lie.

A child that fails costs only what it was doing: the session starts another, loads the file again without the statement
that failed, and goes on with the next call. docs/decisions/0003-statement-by-statement.md says why.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice, takewhile
from types import MappingProxyType
from typing import Final, ParamSpec, Self, TypeAlias, TypeVar, final

from grader.errors import NotJudged
from grader.observation import Observation, ParserLimit, Status
from grader.observe.child import Launcher, Lost
from grader.observe.conversation import AHEAD, FACTS_LIMIT, Conversation, Failed
from grader.observe.loads import FileLoads, LoadReport
from grader.observe.questions import Questions
from grader.observe.reader import Reader
from grader.observe.replies import RememberedReplies
from grader.observe.rounds import FileCall, Later, Rounds, patience
from grader.observe.time_budget import TimeBudget
from grader.observe.wire import Call, FileFacts, Limits, Load, Running, Source, SyntaxFault, Tell
from grader.size_limit import SizeLimit

__all__ = ["Session"]

_START: Final = 60.0  # seconds in which a child must have imported numpy and parsed every file
SAMPLING: Final = 10  # times as long as one call may all samples of it take together
_UNRUN: Final = Observation(Status.UNRUN)
_OVERDUE: Final = Observation(Status.OVERDUE)

P = ParamSpec("P")
T = TypeVar("T")
_Waiting: TypeAlias = deque[FileCall]


@final
class Session:
    """A context manager. `facts`: what each file's text says, in the order of the sources.

    `replies`: those of earlier sessions, and what was concluded from them.
    `questions`: functions that are not the submission's own here; its children ask what they answer.
    `packages`: the modules that authors' expressions see, by the names that they see them under.
    `reader`: says what the texts say, where it can; else the session's own first child does.
    """

    def __init__(
        self,
        launcher: Launcher,
        sources: Sequence[Source],
        *,
        tell: Sequence[Tell] | None = None,
        questions: Questions | None = None,
        limits: Limits | None = None,
        replies: RememberedReplies | None = None,
        packages: Mapping[str, str] = MappingProxyType({}),
        reader: Reader | None = None,
    ) -> None:
        self._launcher = launcher
        self.packages = packages
        self.replies = replies or RememberedReplies()
        self._first_memory = (limits or Limits()).memory
        self._questions = questions
        self._tell = (Tell.DEFINITIONS,) if tell is None else tuple(tell)
        self._sources = tuple(sources)
        self._files = [FileLoads() for _ in sources]
        self._conversation: Conversation | None = None
        self._asked: _Waiting = deque()  # the calls that the child has been sent, at its first unread answer
        self._foreseen: Sequence[FileCall] = ()  # the calls of the next exercise that may be sent ahead
        self._programs = b""  # of the sources, where they were read elsewhere
        self._rounds = Rounds(())
        try:
            read = None if reader is None else reader.read(self._sources, self._tell)
            if read is None:
                self.facts = self._once_more(self._parse)
            else:
                self.facts, self._programs = read.files, read.programs
            self._rounds = Rounds(self.facts if questions is None else ())
            # All else is known from here on, and so not asked for again with a new child.
            self._tell = (Tell.COMPUTES,) if self._rounds.are_made else ()
        except BaseException:
            self.close()
            raise

    def load(self, index: int, limits: Limits) -> LoadReport:
        """Run a file's statements, if they have not been run yet. What a hang or a crash costs is in the report."""
        file = self._files[index]
        if file.report is None:
            self._leave_unheard(self._asked)
            try:
                self._once_more(self._loaded, index, limits, TimeBudget(0.0))
            except Failed as failure:
                file.report = LoadReport(stops=tuple(file.stops), printed=failure.printed, lost=failure.status)
        assert file.report is not None
        return file.report

    def perform(
        self,
        index: int,
        calls: Iterable[Call],
        limits: Limits,
        *,
        time_budget: TimeBudget | None = None,
        then: Iterable[Sequence[FileCall]] = (),
    ) -> Iterator[Observation]:
        """One exercise's calls on a file: one observation for each, whatever happens to the child.

        Parameters
        ----------
        index
            Which of the session's sources to call; it is loaded first where that has not been done.
        calls
            The calls, in order. Up to 16 are taken from the iterator before their answers are read, so that the child
            does not wait for the next one (docs/decisions/0009-where-the-time-goes.md).
        limits
            Seconds for a call and for a load, bytes of memory for a child.
        time_budget
            The seconds that the exercise has left; unlimited where it is not given.
        then
            The calls of each exercise to come that has the same limits. They may be made ahead too, and are recognised
            by identity when they are asked for.

        Yields
        ------
        Observation
            What each call did. A call that was not tried is `UNRUN` (two before it hung) or `OVERDUE` (no time left).

        Raises
        ------
        NotJudged
            Where a child cannot be started or fails through a fault of ours.
        """
        if self._conversation is not None and self._conversation.is_spoilt:
            self._end_conversation()
        time_budget = time_budget or TimeBudget()
        coming = iter(calls)
        waiting = deque((index, call) for call in islice(coming, AHEAD))
        later = Later(then)
        self._take_over(waiting)
        try:
            while waiting:
                observation = (
                    self._of_a_round(waiting, later, limits, time_budget)
                    or self._at_hand(waiting, time_budget)
                    or self._observe(waiting, later, limits, time_budget)
                )
                time_budget.note(observation.status)
                waiting.popleft()
                yield observation
                waiting.extend((index, call) for call in islice(coming, 1))
        finally:
            if waiting or time_budget.has_hung_twice or time_budget.is_spent:
                self._leave_unheard(waiting)

    def at_once(
        self, index: int, limits: Limits, time_budget: TimeBudget, ask: Callable[[Conversation], list[Observation]]
    ) -> Sequence[Observation]:
        """What a child says of several calls on a file together; nothing where they are to be made one by one."""
        try:
            return ask(self._loaded(index, limits, time_budget))
        except (Failed, NotJudged):  # whatever it is will come again, and be told of the call that it is about
            self._end_conversation()
            return ()

    def taken_from(self, index: int, function: str | None) -> str | None:
        """The submission that a function's calls come from, where they were not all made."""
        return None

    def concluded(self, call: tuple[int, str | None], name: object, time_budget: TimeBudget) -> None:
        """What was noted of an equal function of another submission; nothing here (`grader.observe.sharing`)."""

    def conclude(
        self, call: tuple[int, str | None], name: object, conclusion: object, *, seconds: float, size: int
    ) -> None:
        """Note what follows from all that a function did; here it is of use to nobody."""

    def keeps_nothing(self, index: int, call: Call) -> bool:
        """Whether it is known of a file that such a call can leave nothing behind for the next."""
        return False

    def renew(self) -> None:
        """Use a new child from here on: one that has seen none of the inputs so far."""
        self._end_conversation()
        self._rounds.forget()

    def close(self) -> None:
        self._end_conversation()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _take_over(self, waiting: _Waiting) -> None:
        """Take over the calls that were sent ahead to this child, or end it.

        The answers that nobody has read yet come in the order of sending. They belong to the calls that are asked for
        now only if these are the very calls that were sent: same source, same objects. Any other child would first work
        through calls whose answers nobody wants, and its time would be charged to this exercise; it is ended. When a
        call hung or crashed, the new child has no unread answers, and so starts with the call after that one.
        docs/decisions/0009-where-the-time-goes.md says what sending ahead brings.
        """
        if self._conversation is not None and self._conversation.unheard:
            sent = self._foreseen[: self._conversation.unheard]
            if len(sent) < self._conversation.unheard or not _is_prefix(sent, waiting):
                self._end_conversation()
            else:
                self._conversation.go_on()
        self._asked = waiting

    def _of_a_round(
        self, waiting: _Waiting, later: Later, limits: Limits, time_budget: TimeBudget
    ) -> Observation | None:
        """What the first of `waiting` does, made together with those that follow; None where it is to be made alone."""
        rounds = self._rounds
        if not rounds.are_made or time_budget.has_hung_twice or time_budget.is_spent:
            return None
        observation = rounds.take(*waiting[0], time_budget)
        if observation is None and (self._conversation is None or not self._conversation.unheard):
            asked = rounds.to_ask(waiting, later)
            if asked is not None:
                ask = partial(rounds.made, asked, seconds=min(patience(limits.call), time_budget.left))
                rounds.are_made = bool(self.at_once(asked.source, limits, time_budget, ask))
                observation = rounds.take(*waiting[0], time_budget)
        return observation

    def _observe(self, waiting: _Waiting, later: Later, limits: Limits, time_budget: TimeBudget) -> Observation:
        """What the first of `waiting` does, if there is time for it; those behind it are asked ahead."""
        if time_budget.has_hung_twice:
            return _UNRUN
        if time_budget.is_spent:
            return _OVERDUE
        if self._asked is not waiting:
            self._leave_unheard(self._asked)
            self._asked = waiting
        self._foreseen = later.first if len(waiting) < AHEAD else ()
        try:
            return self._once_more(self._performed, waiting, limits, time_budget)
        except Failed as failure:
            self._end_conversation()
            return failure.observation

    def _at_hand(self, waiting: _Waiting, time_budget: TimeBudget) -> Observation | None:
        """What the first of `waiting` does, where that is here already and there is nothing to send meanwhile."""
        conversation = self._conversation
        if conversation is None or self._asked is not waiting or not conversation.unheard:
            return None
        is_all_sent = conversation.unheard >= len(waiting) + len(self._foreseen)
        if time_budget.has_hung_twice or time_budget.is_spent or (conversation.wants and not is_all_sent):
            return None
        return conversation.at_hand()

    def _performed(self, waiting: _Waiting, limits: Limits, time_budget: TimeBudget) -> Observation:
        conversation = self._loaded(waiting[0][0], limits, time_budget)
        start, left = time.monotonic(), time_budget.left
        try:
            if wanted := conversation.wants:
                sent = conversation.unheard
                conversation.send(islice(self._coming(waiting, conversation), sent, sent + wanted))
            return conversation.performed(min(limits.call, left), min(SAMPLING * limits.call, left))
        except Failed as failure:
            if failure.status is Status.TIMED_OUT and left < limits.call:
                raise failure.over() from None
            raise
        finally:
            time_budget.charge(time.monotonic() - start)

    def _coming(self, waiting: _Waiting, conversation: Conversation) -> Iterator[FileCall]:
        """The calls in the order in which they will be asked for; of the next exercise where its file is loaded."""
        yield from waiting
        yield from takewhile(lambda asked: asked[0] in conversation.loaded, self._foreseen)

    def _leave_unheard(self, asked: _Waiting) -> None:
        """End the child if it still works on `asked`: nobody will read the answers, and they delay the next calls."""
        if self._asked is asked and self._conversation is not None and self._conversation.unheard:
            self._end_conversation()

    def _once_more(self, action: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Do `action`; once more with a new child where the first was lost through no fault of the submission."""
        try:
            return action(*arguments, **named)
        except Lost:
            self._end_conversation()
            return action(*arguments, **named)
        except NotJudged:
            self._end_conversation()
            raise

    def _loaded(self, index: int, limits: Limits, time_budget: TimeBudget) -> Conversation:
        """A conversation with a child in which that file is loaded. Raises `Failed` where that cannot be had."""
        file = self._files[index]
        while file.lost is None:
            conversation = self._begun(limits.memory)
            if index in conversation.loaded or self._load(conversation, index, limits, time_budget):
                return conversation
            self._end_conversation()
        raise file.lost

    def _load(self, conversation: Conversation, index: int, limits: Limits, time_budget: TimeBudget) -> bool:
        file, running = self._files[index], None
        start = last = time.monotonic()

        def on_statement(begun: Running) -> None:
            nonlocal last, running
            last, running = time.monotonic(), begun

        request = Load(index, skip=tuple(file.skip), sure_only=file.sure_only)
        seconds = file.seconds(limits, time_budget)
        try:
            loaded, printed = conversation.load(request, seconds, on_statement)
        except Failed as failure:
            if failure.status is Status.TIMED_OUT and file.report is not None and seconds < file.share(limits):
                raise failure.over() from None
            file.before = last - start if failure.status is Status.TIMED_OUT else file.before
            file.note(failure, running)
            return False
        finally:
            file.charge(time.monotonic() - start, limits, time_budget)
        if file.report is None:
            file.report = LoadReport(loaded.faults, tuple(file.stops), loaded.names, printed)
        return True

    def _begun(self, memory: int) -> Conversation:
        if self._conversation is not None and self._conversation.memory != memory:
            self._end_conversation()
        if self._conversation is None:
            self._greet(self._sources, memory)
        assert self._conversation is not None
        return self._conversation

    def _greet(self, sources: Sequence[Source], memory: int) -> tuple[FileFacts, ...]:
        """Begin a conversation. Raises `NotJudged` where the child does not answer."""
        try:
            return self._try_to_greet(sources, memory)
        except Failed as failure:
            last = failure.printed.strip().rpartition("\n")[2]
            how = f"{failure.status.value.replace('_', ' ')}{': ' if last else ''}{last}"
            raise NotJudged(f"the process that runs submissions does not start ({how}); run `grader doctor`") from None

    def _try_to_greet(self, sources: Sequence[Source], memory: int) -> tuple[FileFacts, ...]:
        self._conversation = Conversation(self._launcher.start(), memory, self._questions, self.replies)
        share = len(sources) / max(1, len(self._sources))
        size_limit = SizeLimit(int(FACTS_LIMIT.bytes * share), int(FACTS_LIMIT.parts * share))
        try:
            return self._conversation.hello(
                () if self._programs else sources,
                _START,
                size_limit=size_limit,
                tell=self._tell,
                packages=self.packages,
                programs=self._programs,
            )
        except Failed:
            self._end_conversation()
            raise

    def _parse(self) -> tuple[FileFacts, ...]:
        try:
            return self._try_to_greet(self._sources, self._first_memory)
        except Failed:
            self._greet((), self._first_memory)  # if not even this succeeds, the fault is ours
            return tuple(self._parse_alone(index) for index in range(len(self._sources)))

    def _parse_alone(self, index: int) -> FileFacts:
        """One file in a child of its own. Text that breaks the parser is blanked in all that follows."""
        self._end_conversation()
        source = self._sources[index]
        try:
            return self._try_to_greet([source], self._first_memory)[0]
        except Failed:
            blank = Source(source.name, ())
            self._sources = (*self._sources[:index], blank, *self._sources[index + 1 :])
            return FileFacts(faults=(SyntaxFault("", line=1, limit=ParserLimit.CRASH),))
        finally:
            self._end_conversation()

    def _end_conversation(self) -> None:
        if self._conversation is not None:
            self._conversation.close()
            self._conversation = None


def _is_prefix(sent: Sequence[FileCall], waiting: _Waiting) -> bool:
    """Whether what was sent is, to the very objects, what comes first."""
    first = islice(waiting, len(sent))
    return len(sent) <= len(waiting) and all(a[0] == b[0] and a[1] is b[1] for a, b in zip(sent, first, strict=True))
