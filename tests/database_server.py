"""A real PostgreSQL for tests: a server in a temporary folder, reached by a socket there and by nothing else."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

ORDINARY = ("postgres", "nobody")  # whom the server is started as by root: it refuses to be root's
WHERE = ("/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt")  # of Debian's several versions, the newest
# Nothing of it has to outlast the machine.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "16MB",
    "autovacuum": "off",
}


def programs() -> Path | None:
    """The folder of `initdb`; None where PostgreSQL's server is not installed."""
    found = shutil.which("postgres")
    if found is not None and (folder := Path(found).resolve().parent).joinpath("initdb").is_file():
        return folder
    every = [path.parent for place in WHERE for path in Path(place).glob("*/bin/initdb")]
    return max(every, key=lambda path: path.parent.name.rjust(9), default=None)


class Server:
    """A server; `url` gives each test a schema of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count()

    def wait(self, process: subprocess.Popen[bytes]) -> None:
        """Until it lets us in."""
        import psycopg

        while True:
            try:
                self.execute("SELECT 1")
            except psycopg.OperationalError:
                assert process.poll() is None, (self.folder / "log").read_text()
                time.sleep(0.02)
            else:
                return

    def address(self, **more: str) -> str:
        options = "&".join(f"{name}={value}" for name, value in {"host": str(self.folder), **more}.items())
        return f"postgresql://numgrade@/postgres?{options}"

    def execute(self, statement: str) -> list[Any]:
        import psycopg

        with psycopg.connect(self.address(), autocommit=True) as connection:
            done = connection.execute(statement)  # type: ignore[arg-type]
            return done.fetchall() if done.description else []

    def demand_password(self, user: str, password: str) -> None:
        """Let a new user in with that password alone; everybody else still comes without any."""
        rules = self.folder / "data" / "pg_hba.conf"
        rules.write_text(f"local all {user} scram-sha-256\n{rules.read_text()}")
        self.execute(f"CREATE ROLE {user} LOGIN SUPERUSER PASSWORD '{password}'")
        loaded = self.execute("SELECT pg_conf_load_time()")
        self.execute("SELECT pg_reload_conf()")
        while self.execute("SELECT pg_conf_load_time()") == loaded:
            time.sleep(0.01)

    def url(self, name: str = "") -> str:
        """That of a new and empty schema."""
        name = name or f"test_{next(self._numbers)}"
        self.execute(f"CREATE SCHEMA {name}")
        return self.address(options=f"-csearch_path%3D{name}")


@contextlib.contextmanager
def started(binaries: Path) -> Iterator[Server]:
    """A server, until the context ends."""
    user = ordinary()
    folder = Path(tempfile.mkdtemp(prefix="numgrade-pg-"))
    try:
        if user is not None:
            os.chown(folder, *user)
        as_user: dict[str, Any] = {} if user is None else {"user": user[0], "group": user[1], "extra_groups": []}
        data, log = folder / "data", folder / "log"
        options = {"env": {**os.environ, "LC_ALL": "C", "HOME": str(folder)}, "cwd": folder, **as_user}
        made = [binaries / "initdb", "-D", data, "-U", "numgrade", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(made, check=True, capture_output=True, **options)
        settings = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        running = [binaries / "postgres", "-D", data, "-k", folder, *settings]
        with log.open("wb") as output:
            process = subprocess.Popen(running, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options)
        try:
            server = Server(folder)
            server.wait(process)
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # at once, whoever is connected
            process.wait(60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def ordinary() -> tuple[int, int] | None:
    """The ids of an ordinary user, where we are root; None: we are one."""
    import pwd

    if os.geteuid():
        return None
    for name in ORDINARY:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return entry.pw_uid, entry.pw_gid
    return 65534, 65534
