"""The workers of a cluster as an executor: Dask's distributed scheduler hands the batches out, and out again.

No worker is given a batch before it has proved itself, however late it joins: a plugin, which Dask sets up on every
worker before its first task, tries; and only where it succeeds does the worker offer the resource that batches ask for.
The answer keys travel with the plugin, once to each worker. Nothing else of the course does.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from importlib import metadata
from pathlib import Path
from typing import Any, Final, final

from distributed import Client, Status, Worker, WorkerPlugin, get_worker

from grader.classroom.batch import dismiss, prepare
from grader.classroom.jobs import Environment, Refused, Setup, versions
from grader.classroom.pool import Elastic
from grader.classroom.scheduler import check_release
from grader.errors import GraderError

__all__ = ["Cluster"]

_CONNECT: Final = 10  # seconds for a scheduler to answer
_LEAVE: Final = 10  # seconds for the workers to hear that it is over
_LOOK: Final = 2.0  # seconds between two looks at who is there


@final
class _Admission(WorkerPlugin):
    """Of one worker: what it has proved, or why it does not judge."""

    def __init__(self, name: str, given: Setup, wanted: tuple[str, ...]) -> None:
        self.given = given
        self.answer: Environment | Refused | None = None
        self._name = name
        self._wanted = wanted

    async def setup(self, worker: Worker) -> None:
        if _versions() != self._wanted:
            self.answer = Refused(f"it has {_told(_versions())}; this computer has {_told(self._wanted)}")
            return
        # in the thread that will judge, and not in the one that says that this worker is alive
        self.answer = await asyncio.wrap_future(worker.executor.submit(prepare, self.given))
        if isinstance(self.answer, Environment):
            await worker.set_resources(**{self._name: worker.state.nthreads})
            _look_again(worker)

    async def teardown(self, worker: Worker) -> None:
        await worker.set_resources(**{self._name: 0})
        await asyncio.to_thread(dismiss, self.given)


def _look_again(worker: Worker) -> None:
    """The scheduler looks for tasks that wait for a worker when one begins to run, not when one offers more."""
    if worker.status is Status.running:
        worker.status = Status.paused
        worker.status = Status.running


def _versions() -> tuple[str, ...]:
    return (*versions(), metadata.version("distributed"))


def _told(found: tuple[str, ...]) -> str:
    return "numgrade {}, Python {}, numpy {}, Dask {}".format(*found)


def _admitted(name: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """Run by a worker: `function` with the setup that it has got."""
    admission = get_worker().plugins[name]
    assert isinstance(admission, _Admission)
    return function(admission.given, *arguments)


def _answer(name: str, dask_worker: Worker) -> Environment | Refused | None:
    """Run by a worker: what became of its admission; None while it is not known."""
    admission = dask_worker.plugins.get(name)
    return admission.answer if isinstance(admission, _Admission) else None


@final
class Cluster(Elastic):
    """The workers that the scheduler at `address` (or of the file that it wrote) has, and will have.

    Each is made ready with `setup`, whatever setup a call brings. `tell` is told what a person should know. Raises
    `GraderError` where no scheduler answers, or where all workers refuse.
    """

    def __init__(self, address: str, setup: Setup, *, tell: Callable[[str], None]) -> None:
        self._address = address
        self._tell = tell
        self._name = f"numgrade-{uuid.uuid4().hex}"  # several classes may be judged by one cluster at the same time
        self._seen: dict[str, Environment | Refused] = {}
        self._threads = 0
        self._is_lost = False
        self._over = threading.Event()
        self._client = _connected(address)
        self._executor = self._client.get_executor(pure=False, resources={self._name: 1})
        try:
            self._admit(setup)
        except BaseException:
            self.shutdown(wait=False)
            raise
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        """The first of `arguments` is the setup."""
        if self._is_lost or self._client.status != "running":
            raise BrokenExecutor(f"{self._address}: the connection to the cluster was lost")
        future: Future[Any] = self._executor.submit(_admitted, self._name, function, *arguments[1:], **options)
        future.add_done_callback(self._note)
        return future

    def width(self) -> int:
        """Threads of workers, as many as there were a moment ago."""
        return self._threads

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """The workers let go of the keys, and of what they keep warm."""
        if self._over.is_set():
            return
        self._over.set()
        with contextlib.suppress(Exception):  # a boundary: a cluster that is gone needs no farewell
            self._executor.shutdown(wait=wait)
            forget = self._client.scheduler.unregister_worker_plugin
            self._client.sync(forget, name=self._name, callback_timeout=_LEAVE)
        self._client.close(_LEAVE)

    def _admit(self, setup: Setup) -> None:
        try:
            self._client.register_plugin(_Admission(self._name, setup, _versions()), name=self._name)
        except Exception as error:  # noqa: BLE001 — a boundary: whatever a worker without numgrade answers
            raise GraderError(
                f"{self._address}: a worker cannot take part ({type(error).__name__}: {error}); every worker needs "
                f"{_told(_versions())}"
            ) from None
        self._look()
        if not self._threads:
            self._tell(f"{self._address}: this cluster has no worker yet; waiting for one.")
        elif self._seen and all(isinstance(answer, Refused) for answer in self._seen.values()):
            raise GraderError(f"{self._address}: no worker of this cluster can judge, as told above")

    def _watch(self) -> None:
        while not self._over.wait(_LOOK):
            with contextlib.suppress(Exception):  # a boundary: `submit` finds out what it means
                self._look()

    def _look(self) -> None:
        """See who is there, and tell of each new worker that refuses."""
        threads = self._client.nthreads()
        self._threads = sum(threads.values())
        if new := [worker for worker in threads if worker not in self._seen]:
            answers = self._client.run(_answer, self._name, workers=new, on_error="ignore")
            self._seen.update({worker: answer for worker, answer in answers.items() if answer is not None})
            for worker, answer in answers.items():
                if isinstance(answer, Refused):
                    self._tell(f"{worker}: this worker does not judge: {answer.why}")

    def _note(self, future: Future[Any]) -> None:
        """Dask cancels what was out when the scheduler is lost; a new one would know none of the workers' proofs."""
        self._is_lost = self._is_lost or (future.cancelled() and not self._over.is_set())


def _connected(address: str) -> Any:
    check_release(address)
    place = {"scheduler_file": address} if Path(address).is_file() else {"address": address}
    client: Any = Client  # it is not annotated throughout
    try:
        return client(**place, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise GraderError(
            f"{address}: the Dask scheduler there does not answer any more ({error}); try again"
        ) from None
