"""One tree of processes over one data folder: database, web, worker and, in the demo, the sandbox.

    with Supervisor(Path("/var/lib/kontor")) as tree:
        print(tree.web_url)
        tree.wait()

Whoever dies is started again. The web's listening socket belongs to the supervisor, so its address outlives it and
callers wait instead of being refused. When the supervisor itself is killed, the kernel ends the others with it.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from socket import socket

from kontor.core import database, ports, postgres
from kontor.core.installation import kept_keys
from kontor.supervised import Database, Process, end_leftover, identity

LOOK_SECONDS = 0.1
START_SECONDS = 90.0
WEB_PORT, SANDBOX_PORT = 8000, 8010  # taken when they are free
PATIENCE_SECONDS = {"web": 6.0, "worker": 25.0, "sandbox": 3.0}  # and in this order
LOUD = re.compile(r" (ERROR|CRITICAL) ")
Say = Callable[[str], None]


class SupervisorError(RuntimeError):
    """The tree can't be started; the message says why and what to do."""


class Supervisor:
    """Starts, watches and ends the tree. `processes[name].pid`, `restart_counts` and `environment` are for callers."""

    def __init__(
        self,
        data_dir: Path,
        *,
        port: int | None = None,
        with_sandbox: bool = True,
        environment: Mapping[str, str] | None = None,
        postgres_settings: Sequence[str] = (),
        say: Say = print,
    ) -> None:
        """`port` None: 8000 if it is free, else a free one; 0: a free one. `environment` adds to ours."""
        self.data_dir = data_dir.expanduser().resolve()
        self.processes: dict[str, Process | Database] = {}
        self.environment: dict[str, str] = {}
        self.web_url = self.sandbox_url = ""
        self.start_seconds = 0.0
        self._port, self._with_sandbox, self._say = port, with_sandbox, say
        self._given, self._postgres_settings = dict(environment or {}), tuple(postgres_settings)
        self._stack = ExitStack()
        self._stopping = threading.Event()
        self._read: dict[str, int] = {}

    def __enter__(self) -> Supervisor:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def restart_counts(self) -> dict[str, int]:
        """How often each process was started again."""
        return {name: process.restarts for name, process in self.processes.items()}

    def start(self) -> None:
        """Returns when the web answers. Raises SupervisorError, and then nothing is left running."""
        begun = time.monotonic()
        try:
            self._prepare()
            self._start_processes()
        except BaseException:
            self.stop()
            raise
        watcher = threading.Thread(target=self._watch, name="supervisor")
        watcher.start()
        self._stack.callback(watcher.join)
        self._stack.callback(self._stopping.set)
        self.start_seconds = time.monotonic() - begun

    def wait(self) -> None:
        """Blocks until `stop` is called or a signal handler raises."""
        while not self._stopping.wait(0.5):
            pass

    def stop(self) -> None:
        """Ends everything in order: first who takes requests, then who works on them, then the database."""
        self._stack.close()

    def _prepare(self) -> None:
        self._make_folders()
        self._lock()
        self._end_leftovers()
        listener = self._listen()
        self._stack.callback(listener.close)
        self._listener = listener
        self.web_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.environment = self._make_environment()
        if not self.environment.get("DATABASE_URL"):
            self._start_database()
        self._stack.callback((self.data_dir / "run.json").unlink, missing_ok=True)
        self._stack.callback(self._stop_processes)

    def _listen(self) -> socket:
        try:
            return ports.listen_if_free(WEB_PORT) if self._port is None else ports.listen(self._port)
        except ports.PortTaken as error:
            raise SupervisorError(str(error)) from error

    def _make_folders(self) -> None:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            self.data_dir.chmod(0o711)  # the database's account passes through, and sees nothing
        for name in ("logs", "media", "mail", "sandbox"):
            (self.data_dir / name).mkdir(mode=0o700, exist_ok=True)

    def _lock(self) -> None:
        file = self._stack.enter_context((self.data_dir / "supervisor.lock").open("a"))
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            run = self._run_file()
            raise SupervisorError(
                f"Kontor already runs over {self.data_dir} (process {run.get('supervisor', {}).get('pid', 'unknown')}, "
                f"{run.get('web', {}).get('url', 'address unknown')}). Stop it there, or set KONTOR_DATA to another folder."
            ) from error

    def _run_file(self) -> dict[str, dict[str, object]]:
        with suppress(FileNotFoundError, json.JSONDecodeError):
            found: dict[str, dict[str, object]] = json.loads((self.data_dir / "run.json").read_text())
            return found
        return {}

    def _end_leftovers(self) -> None:
        """A killed supervisor takes its processes along; where the system has no such thing, they are ended here."""
        for name in PATIENCE_SECONDS:
            left = self._run_file().get(name, {})
            if isinstance(left.get("pid"), int) and end_leftover(left):  # type: ignore[arg-type]
                self._say(f"{name} of an earlier run was still there; ended")

    def _make_environment(self) -> dict[str, str]:
        package_root = str(Path(__file__).resolve().parents[1])
        paths = [package_root, *filter(None, [os.environ.get("PYTHONPATH")])]
        ours = {
            "DJANGO_SETTINGS_MODULE": "kontor.settings",
            "KONTOR_DATA": str(self.data_dir),
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONUNBUFFERED": "1",
        }
        if self._with_sandbox:
            self.sandbox_url = f"http://127.0.0.1:{ports.free(SANDBOX_PORT if self._port is None else 0)}"
            ours |= {
                "KONTOR_SANDBOX_URL": self.sandbox_url,
                "KONTOR_FETCH_GATEWAY": f"{self.sandbox_url}/_web",
            }
        given = dict(os.environ) | ours | self._given
        if given.get("KONTOR_ENVIRONMENT") == "production":
            return given  # nothing is made up: what is missing is said
        return {"PUBLIC_URL": self.web_url, **kept_keys(self.data_dir)} | given

    def _start_database(self) -> None:
        home = database.home(self.data_dir)
        superuser = self._stack.enter_context(postgres.serve(home, *self._postgres_settings))
        database.ready(superuser)
        self.environment |= database.addresses(postgres.socket_folder(home)).environment()
        self.processes["database"] = Database(home, self._postgres_settings)

    def _start_processes(self) -> None:
        descriptor = self._listener.fileno()
        migration = None if database.is_migrated(self.environment["DATABASE_URL"]) else self._migration()
        if self.environment.get("KONTOR_ENVIRONMENT") == "production":
            if migration:
                self._wait_for_end(migration)
            self._refuse_unsafe()
        if self._with_sandbox:
            port = self.sandbox_url.rsplit(":", 1)[1]
            self._add(self._process("sandbox", "sandbox", "--port", port))
        self._add(self._process("web", "serve", "--fd", str(descriptor), keep_open=descriptor))
        if migration:
            self._wait_for_end(migration)
        self._add(self._process("worker", "worker"))
        self._note_run()
        self._wait_for("web", f"{self.web_url}/readyz")
        if self._with_sandbox:
            self._wait_for("sandbox", f"{self.sandbox_url}/_sandbox/")

    def _migration(self) -> Process:
        """Runs beside the web, which takes as long to load, and says that it is not ready until then."""
        migration = self._process("migrate", "migrate")
        migration.start()
        self._stack.callback(migration.stop, 0)
        return migration

    def _refuse_unsafe(self) -> None:
        """`kontor check` in a process of its own: nothing is served before it has nothing to say."""
        check = self._process("check", "check")
        check.start()
        self._stack.callback(check.stop, 0)
        try:
            if check.wait(START_SECONDS):
                raise SupervisorError(f"This can't go into production:\n{check.last_words()}")
        except subprocess.TimeoutExpired as error:
            raise SupervisorError(f"The check takes too long:\n{check.last_words()}") from error

    def _wait_for_end(self, migration: Process) -> None:
        """As long as it takes: a large table may need hours, and a migration that is cut off begins anew."""
        while True:
            try:
                failed = migration.wait(START_SECONDS)
            except subprocess.TimeoutExpired:
                self._say("still migrating the database…")
                continue
            if failed:
                raise SupervisorError(f"The database could not be migrated:\n{migration.last_words()}")
            return

    def _process(self, name: str, *arguments: str, keep_open: int = -1) -> Process:
        command = [sys.executable, "-m", "kontor", *arguments]
        return Process(
            name, command, self.environment, self.data_dir / "logs" / f"{name}.log", keep_open=keep_open
        )

    def _add(self, process: Process) -> None:
        self._read[process.name] = process.log.stat().st_size if process.log.exists() else 0
        process.start()
        self.processes[process.name] = process

    def _wait_for(self, name: str, url: str) -> None:
        deadline, process = time.monotonic() + START_SECONDS, self.processes[name]
        assert isinstance(process, Process)
        while not ports.answers(url):
            if process.has_ended or time.monotonic() > deadline:
                raise SupervisorError(f"{name} did not start:\n{process.last_words()}")
            time.sleep(0.05)

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            said = []
            for process in self.processes.values():
                try:
                    said.append(process.look())
                except (OSError, postgres.PostgresError) as error:
                    said.append(f"could not be started again: {error}")
                if isinstance(process, Process):
                    self._echo(process)
            for sentence in filter(None, said):
                self._say(sentence)
            if any(said):
                self._note_run()

    def _echo(self, process: Process) -> None:
        """What went wrong goes to the console too; the rest stays in the log."""
        if not process.log.exists():
            return
        size, known = process.log.stat().st_size, self._read.get(process.name, 0)
        self._read[process.name] = size
        if size <= known:
            return
        with process.log.open("rb") as log:
            log.seek(known)
            for line in log.read(size - known).decode(errors="replace").splitlines():
                if LOUD.search(line):
                    self._say(f"{process.name} | {line}")

    def _note_run(self) -> None:
        """`run.json`: addresses and processes, for people and for the next start. Whole or not at all."""
        run: dict[str, object] = {
            "supervisor": identity(os.getpid()),
            "database": {"address": self.environment["DATABASE_URL"]},
        }
        urls = {"web": self.web_url, "sandbox": self.sandbox_url}
        for name, process in self.processes.items():
            if isinstance(process, Process) and (pid := process.pid):
                with suppress(ProcessLookupError):
                    run[name] = identity(pid) | ({"url": urls[name]} if name in urls else {})
        new = self.data_dir / "run.json.new"
        new.touch(mode=0o600)
        new.write_text(json.dumps(run, indent=2))
        new.replace(self.data_dir / "run.json")

    def _stop_processes(self) -> None:
        for name, patience in PATIENCE_SECONDS.items():
            process = self.processes.get(name)
            if isinstance(process, Process):
                process.stop(patience)
