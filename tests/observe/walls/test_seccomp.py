"""The filters: that what must be refused is, by the kernel, in processes that put them on."""

from __future__ import annotations

import importlib
import platform
import signal
import subprocess
import sys

import pytest

from grader.observe.walls import seccomp
from grader.observe.walls.syscalls import ALLOWED, REFUSED, ZYGOTE

needs_library = pytest.mark.skipif(seccomp.fault() is not None, reason=str(seccomp.fault()))
x86 = pytest.mark.skipif(platform.machine() != "x86_64", reason="another processor has no such ways")

# Puts both filters on, as a child does, then tries what is in `action`.
BEGINNING = """
import ctypes, errno, os, sys
import numpy
from grader.observe.walls import seccomp
from grader.observe.walls.kernel import prctl

call = ctypes.CDLL(None, use_errno=True).syscall
library = __import__("pyseccomp")
number = lambda name: library.resolve_syscall(library.Arch.NATIVE, name)
prctl(38, 1)
filters = seccomp.for_zygote(), seccomp.of_process(seccomp.for_child(), os.getpid())
for each in filters:
    seccomp.install(each)

def refusal(number, *values):
    ctypes.set_errno(0)
    call(ctypes.c_long(number), *map(ctypes.c_long, values))
    return errno.errorcode.get(ctypes.get_errno(), "")
"""


def run(action: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", BEGINNING + action], capture_output=True, text=True, check=False)


def test_no_call_is_in_two_lists() -> None:
    assert len(ALLOWED | ZYGOTE | REFUSED) == len(ALLOWED) + len(ZYGOTE) + len(REFUSED)


@needs_library
@pytest.mark.parametrize("architecture", ["X86_64", "AARCH64"])
def test_every_name_is_one_of_linuxs(architecture: str) -> None:
    """Not all are there on every processor, but none is misspelt: unknown names are -1, missing ones less."""
    library = importlib.import_module("pyseccomp")
    needed = {"clone", "execve", "openat", "read", "write", "mmap", "futex", "socket", "ptrace", "kill", "newfstatat"}
    numbers = {
        name: library.resolve_syscall(getattr(library.Arch, architecture), name)
        for name in ALLOWED | ZYGOTE | REFUSED | needed
    }
    newest = {"futex_waitv", "fchmodat2", "memfd_secret", "process_mrelease"}  # older libraries may not know them

    assert {name for name, number in numbers.items() if number == -1} <= newest
    assert {name for name in needed if numbers[name] < 0} == set()


@needs_library
def test_a_childs_filter_names_that_child_alone() -> None:
    template = seccomp.for_child()
    one, other = seccomp.of_process(template, 1), seccomp.of_process(template, 70000)

    assert len(one) == len(other) == len(template)
    assert one != other != template
    assert seccomp._SOMEBODY.to_bytes(4, sys.byteorder) not in one
    assert seccomp._SOMEBODY.to_bytes(4, sys.byteorder) not in seccomp.for_zygote()


@needs_library
def test_what_is_refused_and_what_does_not_exist() -> None:
    action = """
from grader.observe.walls.syscalls import ZYGOTE, REFUSED
named = sorted(name for name in ZYGOTE | REFUSED if number(name) >= 0)
print(*{refusal(number(name), -1, -1, -1, -1, -1, -1) for name in named})
absent = [name for name in ("clone3", "modify_ldt", "ioperm", "nfsservctl") if number(name) >= 0]
print(*{refusal(number(name), -1, -1) for name in absent})
"""
    assert run(action).stdout.splitlines() == ["EPERM", "ENOSYS"]


@needs_library
def test_arguments_decide_where_a_call_has_two_sides() -> None:
    action = """
me, high = os.getpid(), 1 << 32
print(refusal(number("kill"), me, 0), refusal(number("tgkill"), me, me, 0))
print(refusal(number("kill"), os.getppid(), 0), refusal(number("kill"), 0, 0), refusal(number("kill"), -1, 0),
      refusal(number("kill"), -me, 0), refusal(number("tgkill"), os.getppid(), os.getppid(), 0))
print(*[refusal(number("clone"), flags, 0) for flags in (0x11, high | 0x11, 0x10000000)])
print(refusal(number("prctl"), 4, 1), refusal(number("prctl"), 1, 0), refusal(number("prctl"), 1 | high, 0))
print(refusal(number("prlimit64"), 0, 7, 1, 0), refusal(number("prlimit64"), 0, 7, high, 0))
print(refusal(number("fcntl"), 1, 8, me), *[refusal(number("ioctl"), 1, 0x5412 | more, 0) for more in (0, high)])
"""
    lines = run(action).stdout.splitlines()

    assert lines[0].split() == []
    assert set(" ".join(lines[1:5]).split()) <= {"EPERM", "ENOSYS"}
    assert [len(line.split()) for line in lines[1:]] == [5, 3, 3, 2, 3]


@needs_library
def test_numpy_and_threads_work_behind_them() -> None:
    action = """
import threading
found = []
thread = threading.Thread(target=lambda: found.append(float(numpy.linalg.norm(numpy.ones((300, 300))))))
thread.start(); thread.join()
print(found, signal if (signal := os.kill(os.getpid(), 0)) else "alive")
"""
    assert run(action).stdout.strip() == "[300.0] alive"


@x86
@needs_library
@pytest.mark.parametrize("machine_code", [b"\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3", None], ids=["int 0x80", "x32"])
def test_a_foreign_way_into_the_kernel_kills(machine_code: bytes | None) -> None:
    if machine_code is None:
        action = "call(ctypes.c_long(0x40000000 | 39)); print('survived')"
    else:
        action = f"""
import mmap
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(b"{machine_code.decode()}")
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
print("survived")
"""
    done = run(action)
    assert done.stdout == ""
    assert done.returncode == -signal.SIGSYS


@x86
def test_that_way_is_open_without_filters() -> None:
    """The control: else the test above would prove nothing."""
    code = "import ctypes; print(ctypes.CDLL(None).syscall(ctypes.c_long(39)) > 0)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"


def test_why_there_can_be_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert "riscv64" in str(seccomp.fault())
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")
    for error, words in ((ImportError, "pyseccomp"), (RuntimeError, "libseccomp")):
        monkeypatch.setattr(seccomp, "_library", raising(error))
        assert words in str(seccomp.fault())


def raising(error: type[Exception]) -> object:
    def fail() -> None:
        raise error

    return fail
