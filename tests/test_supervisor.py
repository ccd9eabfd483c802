"""The tree as its user meets it: whoever dies comes back, and nothing is ever left behind."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from kontor.core import database, ports, postgres
from kontor.supervised import Process, end_leftover, identity
from kontor.supervisor import Supervisor, SupervisorError

SOURCE = Path(__file__).parents[1] / "src"
OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "KONTOR_DATA")


def until(is_true: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def of_tree(data: Path) -> list[psutil.Process]:
    """Every process that works for this data folder, whoever its parent is by now."""
    found = []
    for process in psutil.process_iter(["pid", "cwd", "cmdline"]):
        words = " ".join(process.info["cmdline"] or ())
        try:
            environment = process.environ() if "kontor" in words else {}
        except (psutil.AccessDenied, psutil.NoSuchProcess):
            continue
        belongs = environment.get("KONTOR_DATA") == str(data) and process.pid != os.getpid()
        if belongs or (process.info["cwd"] or "").startswith(str(data)) or f"{data}/postgres" in words:
            found.append(process)
    return found


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A data folder that the database's account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="kontor-tree-"))
    folder.chmod(0o755)
    yield folder / "data"
    postgres.wait_until_stopped(database.home(folder / "data"))
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """The folder of the one tree that most tests share."""
    with reachable_folder() as folder:
        yield folder


@pytest.fixture
def own_data() -> Iterator[Path]:
    """A folder for one test alone."""
    with reachable_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def clean_environment() -> Iterator[None]:
    """Without the test database: the tree brings its own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in OURS:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="module")
def said() -> list[str]:
    return []


@pytest.fixture(scope="module")
def tree(data: Path, clean_environment: None, said: list[str]) -> Iterator[Supervisor]:
    with Supervisor(data, port=0, postgres_settings=postgres.TEST_SETTINGS, say=said.append) as tree:
        yield tree


@pytest.mark.xdist_group("tree")
class TestTree:
    """One tree for all of these: a start costs seconds."""

    def test_it_answers_and_says_where(self, tree: Supervisor, data: Path) -> None:
        assert answers(f"{tree.web_url}/readyz")
        assert answers(f"{tree.sandbox_url}/_sandbox/")
        file = data / "run.json"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        run = json.loads(file.read_text())
        assert run["web"]["url"] == tree.web_url
        assert run["worker"]["pid"] == tree.processes["worker"].pid
        assert run["supervisor"]["pid"] == os.getpid()

    @pytest.mark.parametrize("name", ["worker", "sandbox", "web", "database"])
    def test_whoever_is_killed_comes_back(self, tree: Supervisor, said: list[str], name: str) -> None:
        before, pid = tree.restart_counts[name], tree.processes[name].pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        until(lambda: tree.restart_counts[name] == before + 1 and tree.processes[name].pid not in (None, pid))
        until(lambda: answers(f"{tree.web_url}/readyz") and answers(f"{tree.sandbox_url}/_sandbox/"))
        assert any(sentence.startswith(name) and "started again" in sentence for sentence in said)

    def test_a_request_during_a_restart_waits_instead_of_being_refused(self, tree: Supervisor) -> None:
        pid = tree.processes["web"].pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        assert answers(f"{tree.web_url}/healthz")

    def test_the_databases_guard_is_replaced_too(self, tree: Supervisor) -> None:
        server = tree.processes["database"].pid
        assert server
        guard = psutil.Process(server).parent()
        assert guard
        guard.kill()
        until(lambda: tree.processes["database"].pid not in (None, server))
        until(lambda: answers(f"{tree.web_url}/readyz"))

    def test_a_second_tree_over_the_same_data_is_refused(self, tree: Supervisor, data: Path) -> None:
        with pytest.raises(SupervisorError, match=rf"already runs over .*{tree.web_url}.*KONTOR_DATA"):
            Supervisor(data, port=0).start()
        assert answers(f"{tree.web_url}/readyz")

    def test_a_taken_port_is_a_sentence_and_leaves_nothing(self, tree: Supervisor, data: Path) -> None:
        other = data.with_name("other")
        port = int(tree.web_url.rsplit(":", 1)[1])
        with pytest.raises(SupervisorError, match=f"Port {port} is taken"):
            Supervisor(other, port=port).start()
        assert of_tree(other) == []

    def test_stopping_leaves_nothing(self, tree: Supervisor, data: Path) -> None:
        assert len(of_tree(data)) > 4
        tree.stop()
        until(lambda: of_tree(data) == [], 20)
        assert not (data / "run.json").exists()


def start_alone(data: Path) -> subprocess.Popen[str]:
    """A supervisor in its own process and session."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    script = Path(__file__).with_name("supervised_tree.py")
    return subprocess.Popen(
        [sys.executable, str(script), str(data)],
        env=environment | {"PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.xdist_group("tree")
def test_a_killed_supervisor_leaves_nothing_and_the_next_start_works(own_data: Path) -> None:
    first = start_alone(own_data)
    assert first.stdout
    assert first.stdout.readline().startswith("up ")
    assert len(of_tree(own_data)) > 4
    first.kill()
    first.communicate()
    until(lambda: of_tree(own_data) == [], 20)
    assert (own_data / "run.json").exists()
    second = start_alone(own_data)
    assert second.stdout
    up = second.stdout.readline()
    assert answers(f"{up.split()[1]}/readyz")
    os.killpg(second.pid, signal.SIGINT)  # Ctrl-C goes to the whole group
    out, _ = second.communicate(timeout=60)
    assert (second.returncode, out) == (0, "stopped\n")
    until(lambda: of_tree(own_data) == [], 20)


def test_a_demo_does_not_become_a_production_by_a_word(own_data: Path) -> None:
    """Nothing is served before the check has nothing to say, and everything that it says is shown."""
    production = {"KONTOR_ENVIRONMENT": "production", "DATABASE_URL": "", "DATABASE_OWNER_URL": ""}
    with pytest.raises(SupervisorError) as refused:
        Supervisor(own_data, port=0, environment=production, postgres_settings=postgres.TEST_SETTINGS).start()
    for name in ("SECRET_KEY", "JWT_SECRET_KEY", "VAULT_KEYS", "PUBLIC_URL", "EMAIL_HOST"):
        assert name in str(refused.value)
    assert not (own_data / "logs" / "web.log").exists()
    assert not (own_data / "keys.json").exists()
    until(lambda: of_tree(own_data) == [], 20)


def test_a_socket_handed_over_by_its_number_stays_the_same_over_a_kill(tmp_path: Path) -> None:
    """And uvicorn knows it for one of TCP: it sees who calls, and answers without waiting for more to send."""
    with ports.listen(0) as listener:
        port = listener.getsockname()[1]
        command = [sys.executable, "-m", "kontor", "serve", "--fd", str(listener.fileno())]
        environment = dict(os.environ) | {"PYTHONPATH": str(SOURCE), "LOG_LEVEL": "DEBUG"}
        web = Process("web", command, environment, tmp_path / "web.log", keep_open=listener.fileno())
        web.start()
        try:
            assert answers(f"http://127.0.0.1:{port}/healthz")
            assert web.pid
            os.kill(web.pid, signal.SIGKILL)
            until(lambda: bool(web.look()))
            assert answers(f"http://127.0.0.1:{port}/healthz")
        finally:
            web.stop(10)
        callers = re.findall(r"(\S*) - .GET /healthz", web.log.read_text())
        assert len(callers) == 2
        assert all(caller.startswith("127.0.0.1:") for caller in callers)


def process(tmp_path: Path, program: str) -> Process:
    return Process("thing", [sys.executable, "-c", program], dict(os.environ), tmp_path / "thing.log")


def test_pauses_grow_while_it_dies_at_once(tmp_path: Path) -> None:
    dying = process(tmp_path, "raise SystemExit('no such setting')")
    dying.start()
    moments = [time.monotonic()]
    while dying.restarts < 3:
        if dying.look():
            moments.append(time.monotonic())
        time.sleep(0.01)
    pauses = [after - before for before, after in pairwise(moments)]
    assert pauses[1] > pauses[0]
    assert pauses[2] > pauses[1]
    assert "no such setting" in dying.last_words()
    dying.stop(1)


def test_who_does_not_listen_is_ended(tmp_path: Path) -> None:
    deaf = process(
        tmp_path,
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)",
    )
    deaf.start()
    until(lambda: "up" in deaf.last_words(), 20)
    pid = deaf.pid
    assert pid
    deaf.stop(0.2)
    assert not psutil.pid_exists(pid)


def test_only_the_very_process_is_ended_as_a_leftover(tmp_path: Path) -> None:
    known = process(tmp_path, "import time; time.sleep(600)")
    known.start()
    assert known.pid
    described = identity(known.pid)
    assert not end_leftover({**described, "created": described["created"] - 60})
    assert known.pid
    assert end_leftover(described)
    assert known.has_ended
    known.stop(0)
