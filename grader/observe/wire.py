"""What a controller and a worker say to each other.

On the pipe each payload (`grader.codec`) follows its own length as eight bytes, little-endian. The controller speaks
first and the worker answers each message with one; before it runs a top-level statement that could hang, it says which
(`Running`), and while it makes a call many times it says now and then that it goes on (`Sampling`).

    Hello(sources)  → Facts       parse every file; nothing of the submission has run yet
    Load(source)    → Running* Loaded   run one file's statements, each by itself
    Perform(call)   → Sampling* Performed   one call
    MakeTogether(calls)   → MadeTogether   many calls of one file, which the worker may keep for other files

A worker that only reads says what texts are, and hands on what it has made of them; it never runs any of them, and so
may do this for many submissions:

    Read(sources)   → WasRead

A child that has to ask what a function answers (`Hello.asks`) may do so whenever it runs the submission's statements:

    Ask(call)       → Answer      from the worker, and then it waits; as often as the controller allows

Calls may be sent before those ahead of them are answered; the answers come in their order. A child that may ask is sent
one call at a time. In what it prints, a worker marks the end of each answer's part (`grader.observe.output`).
"""

from __future__ import annotations

import enum
from typing import Annotated

import msgspec

from grader.observation import MAX_PRINTED, Observation, ParserLimit, Place, Raised, SlipKind, Text
from grader.size_limit import MAX_SIZE, SizeLimit
from grader.values import Plain

__all__ = [
    "MAX_DEFINITIONS",
    "MAX_FAULTS",
    "MAX_METHODS",
    "MAX_SLIPS",
    "MAX_UNSET",
    "MAX_USES",
    "NOWHERE",
    "Answer",
    "Aside",
    "Ask",
    "Block",
    "Call",
    "Definition",
    "Elsewhere",
    "Facts",
    "FileFacts",
    "Hello",
    "Limits",
    "Load",
    "Loaded",
    "MadeTogether",
    "MakeTogether",
    "Method",
    "Perform",
    "Performed",
    "Reached",
    "Read",
    "Refused",
    "Replaced",
    "Reply",
    "Request",
    "Running",
    "Sampling",
    "Slip",
    "Source",
    "SyntaxFault",
    "Tell",
    "Unrun",
    "Use",
    "WasRead",
    "WireMessage",
]

MAX_DEFINITIONS = 5_000
MAX_FAULTS = 100
MAX_USES = 1_000  # of one definition
MAX_METHODS = 200
MAX_UNSET = 20
MAX_SLIPS = 20
NOWHERE = -1  # in `Reached.places`


class WireMessage(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag=True):
    """Base of what goes over the wire."""


class Part(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Base of what messages are made of."""


class Limits(Part, frozen=True):
    """Budgets. Times in seconds, memory in bytes on top of what Python and numpy take.

    `load`: of all loads of a file.
    """

    call: float = 2.0
    load: float = 10.0
    memory: int = 1 << 30


class Block(Part, frozen=True):
    """A piece of source text: a whole `.py` file, or one code cell (numbered from 1) of a notebook."""

    text: str
    cell: int | None = None


class Aside(Part, frozen=True):
    """A cell of a notebook that is no code but seems to define something. `after`: the number of code cells above."""

    place: Place
    text: str
    after: int


class Source(Part, frozen=True):
    """One file of a submission. `name` is its file name, with the folders that it was handed in with, if any: it
    decides what it can be imported as. `beside`: it is there for what the others import of it.
    """

    name: str
    blocks: tuple[Block, ...]
    asides: tuple[Aside, ...] = ()
    beside: bool = False


class Call(Part, frozen=True):
    """One call to be observed.

    Either `function` is called with `arguments` (a dictionary, in the order of the signature; positionally, but for
    those in `keywords`), or `code`, an expression or lines that end in one, is evaluated in the submission's namespace
    with the arguments as variables. `random` and `numpy.random` are seeded with `seed` before. The answer has to fit
    into `size_limit`. Where what is `printed` counts, that is the value of the observation, without what goes to the
    error stream.

    `build`: what an author's expressions make of the arguments before, each by its name. `passed`: the names that the
    function is called with, where these are not all arguments. `view`: the author's expression over `result` and the
    arguments whose value is the answer. `samples`: seeds; for each of them the call is made once, and lists
    come back. `each`: pieces of code, each evaluated as `code` is, as if in a call of its own; a list comes back with,
    of each, how it ended, its value, and the type and the message of its exception (empty where there is none).
    """

    function: str | None
    arguments: Plain
    seed: int
    code: str | None = None
    keywords: tuple[str, ...] = ()
    counted: bool = False  # whether the steps that Python takes are counted
    size_limit: SizeLimit = MAX_SIZE
    build: dict[str, str] = {}
    passed: tuple[str, ...] = ()
    view: str | None = None
    printed: bool = False
    samples: tuple[int, ...] = ()
    each: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether nothing but plain arguments goes in, and its own result comes out."""
        return not (self.build or self.view is not None or self.printed or self.samples or self.each)


class SyntaxFault(Part, frozen=True):
    """Text that does not parse. `line` counts from 1 in the file, or in the cell where there is one."""

    message: Text  # Python's own
    line: int | None = None
    column: int | None = None
    cell: int | None = None
    source_line: Text = ""
    names: tuple[Text, ...] = ()  # functions that the broken text seems to define
    needs: Text = ""  # the version of Python that has this syntax, where that is a newer one
    limit: ParserLimit | None = None  # where there is no message
    blank: bool = False  # nothing is written but what stands to the left of equals signs


class Use(Part, frozen=True):
    """Something that a definition's text uses: a name (`numpy.exp`, `.sum`), a word of Python's own, an operator."""

    name: Text
    line: int  # the first
    called: bool = False  # or handed to something that may call it


class Slip(Part, frozen=True):
    """Something in a function that can hardly be meant."""

    kind: SlipKind
    line: int
    cell: int | None = None
    names: tuple[Text, ...] = ()


class Method(Part, frozen=True):
    """A method of a class, and what its text uses."""

    name: Text
    uses: Annotated[tuple[Use, ...], msgspec.Meta(max_length=MAX_USES)] = ()


class Replaced(Part, frozen=True):
    """Where something stands that a later definition of the same name has replaced."""

    line: int
    cell: int | None = None


class Definition(Part, frozen=True):
    """A top-level function (or class, or other name) as the syntax tree has it; the last of its name."""

    name: Text
    kind: Text  # "function", "class" or "name"
    line: int
    cell: int | None = None
    parameters: tuple[Text, ...] = ()  # names, in order
    required: int = 0  # how many positional parameters have no default
    digest: Text = ""  # of the tree without docstring and positions: the same text, laid out differently, is the same
    blank: bool = False  # nothing but docstring, pass, ..., None, raise NotImplementedError, or what is never set;
    # of a class, all its methods are; of another name, its value is None or ...
    module: Text = ""  # from which the name is imported
    gives_none: bool = False  # nothing but a `return` of None, written as such
    barrier: int | None = None  # the line of a `raise NotImplementedError` that code stands below
    unset: Annotated[tuple[Text, ...], msgspec.Meta(max_length=MAX_UNSET)] = ()  # given back, and never set in it
    slips: Annotated[tuple[Slip, ...], msgspec.Meta(max_length=MAX_SLIPS)] = ()  # in it, and in what it calls here
    by_name: tuple[Text, ...] = ()  # parameters behind a `*`
    replaces: Replaced | None = None  # a function of that name, in which something is written
    uses: Annotated[tuple[Use, ...], msgspec.Meta(max_length=MAX_USES)] = ()  # where these were asked for
    methods: Annotated[tuple[Method, ...], msgspec.Meta(max_length=MAX_METHODS)] = ()  # likewise, of a class


class Elsewhere(Part, frozen=True):
    """A definition where it does not count. `holder`: the function, class, magic or file that it stands in."""

    name: Text
    place: Place
    line: int | None = None
    cell: int | None = None  # for a cell that is no code: the code cell above it, from 1; 0 where there is none
    holder: Text = ""


class Unrun(Part, frozen=True):
    """A cell that was not run, for the magic at its top is not known and what is below it is no Python."""

    magic: Text
    cell: int | None


class Reached(Part, frozen=True):
    """Something at the top level that equal functions of other submissions are known by (`grader.observe.reach`).

    code     what it compiles to, without docstrings and places; of an import, what is imported
    reaches  the names at the top level that it may look up
    places   line (from 1) and column (in bytes from 0) of each of its instructions, as 32-bit numbers
    """

    name: Text
    code: bytes
    reaches: tuple[Text, ...] = ()
    places: bytes = b""
    cell: int | None = None
    is_function: bool = False


class FileFacts(Part, frozen=True):
    """What the text of one file says, before any of it has run."""

    definitions: Annotated[tuple[Definition, ...], msgspec.Meta(max_length=MAX_DEFINITIONS)] = ()
    faults: Annotated[tuple[SyntaxFault, ...], msgspec.Meta(max_length=MAX_FAULTS)] = ()
    lacks_np: bool = False  # it uses `np` and binds it nowhere
    elsewhere: Annotated[tuple[Elsewhere, ...], msgspec.Meta(max_length=MAX_FAULTS)] = ()
    unrun: Annotated[tuple[Unrun, ...], msgspec.Meta(max_length=MAX_FAULTS)] = ()
    reached: Annotated[tuple[Reached, ...], msgspec.Meta(max_length=MAX_DEFINITIONS)] = ()  # if all of it allows that
    # with `reached`: the functions that there are after loading, where that does nothing but define them
    callables: Annotated[tuple[Text, ...], msgspec.Meta(max_length=MAX_DEFINITIONS)] | None = None
    # with `reached`, or where a file may only compute: functions of which no call changes what another does
    keep_nothing: Annotated[tuple[Text, ...], msgspec.Meta(max_length=MAX_DEFINITIONS)] = ()


class Tell(enum.Enum):
    """What is to be said of the files before any of it has run; of what does not parse it is said in any case."""

    DEFINITIONS = "definitions"
    USES = "uses"  # of each definition, what it uses
    REACH = "reach"  # of each function, what it reaches
    COMPUTES = "computes"  # of functions, that they keep nothing; and the child that is asked knows what only computes


class Hello(WireMessage, frozen=True):
    sources: tuple[Source, ...]
    memory: int
    nonce: bytes  # of the marks in the output
    tell: tuple[Tell, ...] = (Tell.DEFINITIONS,)
    asks: tuple[Text, ...] = ()  # functions that are not the submission's own: what they answer is asked for
    packages: dict[str, str] = {}  # modules that are imported first, by the names that expressions see them under
    programs: bytes = b""  # what a worker that reads has made of the sources, which are left out then


class Read(WireMessage, frozen=True):
    """As `Hello`, to a worker that only reads. Memory and nonce are those of the first time; `number` comes back."""

    number: int
    sources: tuple[Source, ...]
    memory: int
    nonce: bytes
    tell: tuple[Tell, ...]


class WasRead(WireMessage, frozen=True):
    number: int
    files: tuple[FileFacts, ...]
    programs: bytes  # for `Hello`: opaque to the controller


class Facts(WireMessage, frozen=True):
    files: tuple[FileFacts, ...]


class Load(WireMessage, frozen=True):
    source: int  # index into the sources
    skip: tuple[int, ...] = ()  # statements, by number, that hung or crashed before
    sure_only: bool = False  # only the statements that can do neither: definitions, and imports of what is there


class Running(WireMessage, frozen=True):
    statement: int
    line: int
    cell: int | None = None


class Loaded(WireMessage, frozen=True):
    """`faults`: statements that raised (the others ran all the same). `names`: the callables of the namespace."""

    faults: Annotated[tuple[Raised, ...], msgspec.Meta(max_length=MAX_FAULTS)] = ()
    names: Annotated[tuple[Text, ...], msgspec.Meta(max_length=MAX_DEFINITIONS)] = ()


class Perform(WireMessage, frozen=True):
    source: int  # index into the sources: the file in whose namespace the call is made
    call: Call


class Sampling(WireMessage, frozen=True):
    """Some samples of a call are done."""


class Performed(WireMessage, frozen=True):
    """`number`: which of the child's answers it is, from 0; None where there was no memory left to count."""

    observation: Observation
    number: int | None = None


class MakeTogether(WireMessage, frozen=True):
    """`calls` are kept, numbered on from those before; of them `numbers` are made. Without any, all, and none kept."""

    source: int
    calls: tuple[Call, ...]
    numbers: tuple[int, ...] = ()


class MadeTogether(WireMessage, frozen=True):
    """`answers`: to the first of the calls, each the payload of a `Performed` without a number; where calls take time
    or give much, not to all. `printed`: by the place of a call, where its file only computes. `number`: of the answer.
    """

    answers: tuple[bytes, ...]
    number: int
    printed: dict[int, Annotated[str, msgspec.Meta(max_length=MAX_PRINTED)]] = {}


class Refused(WireMessage, frozen=True):
    """The worker could not do what was asked (a value too large to send, say): the observation is a fault of ours."""

    reason: Text


class Ask(WireMessage, frozen=True):
    """What does this function answer? `positional` is a list, `named` a dictionary by parameter."""

    function: Text
    positional: Plain
    named: Plain


class Answer(WireMessage, frozen=True):
    """`error`: the type of the exception that it raises instead. Nothing else of it comes here: no text, no line."""

    value: Plain = msgspec.field(default_factory=Plain)
    error: Text | None = None


Request = Hello | Read | Load | Perform | MakeTogether
Reply = Facts | WasRead | Running | Loaded | Sampling | Performed | MadeTogether | Ask | Refused
