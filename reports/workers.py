"""A pool of worker processes for untrusted files and papers, limited by CPU use."""

import contextlib
import json
import os
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from flows.forms.form import Sheet, Unreadable
from flows.papers.facts import Issue, MarkedData
from reports.reading.sheetjson import reading_from_json, reading_to_json
from reports.workbooks.tables import TextTable

IDLE_SECONDS = 10.0
START_SECONDS = 60.0
MAX_JOBS = 200
FOLDER = "sigap-worker-"
# Named by the process that uses it; before that had only the library's eight letters.
LEFT = re.compile(rf"{FOLDER}(?:(\d+)-)?[a-z0-9_]{{8}}")
OLD_SECONDS = 24 * 3600
_ROOT = Path(__file__).resolve().parent.parent

Failure = Literal["timeout", "memory", "crash", "closed"]


class WorkerFailed(Exception):
    """A job that ended without a result; its worker process has ended."""

    def __init__(self, reason: Failure, error: str = "") -> None:
        super().__init__(f"{reason}: {error}" if error else reason)
        self.reason: Failure = reason


class Workers:
    """Blocking and thread-safe: a caller waits while every worker is busy.

    `crashes` counts failed jobs, `peak` is the largest memory of any job in KiB.
    """

    def __init__(self, size: int = 2) -> None:
        _sweep(Path(tempfile.gettempdir()))
        self._folder = tempfile.TemporaryDirectory(prefix=f"{FOLDER}{os.getpid()}-")
        self._size = size
        self._is_closing = False
        self._busy: set[_Worker] = set()
        self.crashes = 0
        self.peak = 0
        self._idle: queue.Queue[_Worker] = queue.Queue()
        for _ in range(size):
            self._idle.put(_Worker(self._folder.name))

    def run(self, job: str, payload: dict[str, Any], idle: float = IDLE_SECONDS) -> Any:
        """Runs a job of `worker.JOBS`; paths in the payload are absolute.

        Raises WorkerFailed. A job that used no CPU time for `idle` seconds is killed as hanging;
        one that works is limited by the CPU time in worker.py.
        """
        worker = self._free()
        self._busy.add(worker)
        try:
            done = worker.ask(job, payload, idle)
            self.peak = max(self.peak, worker.peak)
            return done
        except WorkerFailed:
            if self._is_closing:
                raise WorkerFailed("closed") from None
            self.crashes += 1
            raise
        finally:
            self._busy.discard(worker)
            if not worker.is_fit and not self._is_closing:
                worker.stop()
                worker = _Worker(self._folder.name)
            self._idle.put(worker)

    def _free(self) -> "_Worker":
        """The next free worker; polls, because `close` must also end the wait of other threads."""
        while not self._is_closing:
            try:
                return self._idle.get(timeout=0.5)
            except queue.Empty:
                continue
        raise WorkerFailed("closed")

    def close(self) -> None:
        """Kills running jobs: their inbox items are still queued and run after the next start."""
        self._is_closing = True
        for worker in tuple(self._busy):
            worker.kill()
        for _ in range(self._size):
            self._idle.get().stop()
        self._folder.cleanup()

    def read(self, path: Path, target: Path) -> Sheet | Unreadable:
        """Reads a workbook; what came of it also stands in `target` as JSON."""
        payload = {"path": str(path.resolve()), "target": str(target.resolve())}
        try:
            self.run("read", payload)
        except WorkerFailed as failed:
            if failed.reason == "closed":
                raise  # not a fault of the file: it is read after the restart
            unreadable = Unreadable(failed.reason)
            target.write_text(reading_to_json(unreadable), "utf-8")
            return unreadable
        return reading_from_json(target.read_text("utf-8"))

    def claim(self, path: Path) -> str:
        """The code a PDF says it bears; empty where it has none or cannot be looked into."""
        try:
            return str(self.run("claim", {"path": str(path.resolve())})["kode"])
        except WorkerFailed as failed:
            if failed.reason == "closed":
                raise
            return ""

    def marked(self, target: Path, data: MarkedData) -> None:
        self._draw("marked", target, data=data.model_dump(mode="json"))

    def paper(
        self,
        target: Path,
        kind: str,
        format: str,
        body: Mapping[str, Any],
        issue: Issue,
        logo: str = "",
    ) -> None:
        """`body` is the kind's facts as JSON; it can be large, so a file passes it to the worker.

        `logo` is the path of the office's logo, empty for none.
        """
        with tempfile.NamedTemporaryFile(dir=self._folder.name, suffix=".json") as given:
            given.write(json.dumps(body, ensure_ascii=False).encode())
            given.flush()
            told = issue.model_dump(mode="json")
            self._draw(
                "paper", target, kind=kind, format=format, body=given.name, issue=told, logo=logo
            )

    def text_tables(self, target: Path, made_at: datetime, tables: Sequence[TextTable]) -> None:
        self._draw(
            "text_tables",
            target,
            made_at=made_at.isoformat(),
            tables=[[one.name, one.columns, one.rows] for one in tables],
        )

    def difference(self, target: Path, ours: Path, theirs: Path, made_at: datetime) -> None:
        self._draw(
            "difference",
            target,
            ours=str(ours.resolve()),
            theirs=str(theirs.resolve()),
            made_at=made_at.isoformat(),
        )

    def _draw(self, job: str, target: Path, **payload: Any) -> None:
        self.run(job, {"target": str(target.resolve()), **payload})


class _Worker:
    """One process, used by one thread at a time."""

    def __init__(self, folder: str) -> None:
        self.peak = 0
        self._jobs = 0
        self._is_ready = False
        self._was_killed = False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "reports.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_bare_environment(),
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    @property
    def is_fit(self) -> bool:
        return self._jobs < MAX_JOBS and not self._was_killed and self._process.poll() is None

    def ask(self, job: str, payload: dict[str, Any], idle: float) -> Any:
        if not self._is_ready:
            self._watched(START_SECONDS, self._listen)
            self._is_ready = True
        self._jobs += 1
        request = json.dumps({"job": job, "payload": payload})
        answer = self._watched(idle, lambda: self._exchange(request))
        self.peak = answer["peak"]
        if "failed" in answer:
            self.stop()
            if "errno" in answer:  # no fault of the job: it succeeds once there is room
                raise OSError(answer["errno"], os.strerror(answer["errno"]))
            raise WorkerFailed(answer["failed"], answer["error"])
        return answer["done"]

    def stop(self) -> None:
        self.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(BrokenPipeError):
                if stream:
                    stream.close()

    def _watched(self, idle: float, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        done = threading.Event()
        threading.Thread(target=self._end_if_idle, args=(done, idle), daemon=True).start()
        try:
            return act()
        finally:
            done.set()

    def _end_if_idle(self, done: threading.Event, idle: float) -> None:
        """Kills the process when it used no CPU time between two looks.

        By CPU and not by wall time: on a busy machine a job takes longer without hanging.
        """
        before = _cpu_used(self._process.pid)
        while not done.wait(idle):
            used = _cpu_used(self._process.pid)
            if used == before:
                self.kill()
                return
            before = used

    def _exchange(self, request: str) -> dict[str, Any]:
        assert self._process.stdin
        try:
            self._process.stdin.write(request + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as fault:
            raise WorkerFailed(self._reason()) from fault
        return self._listen()

    def _listen(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line.endswith("\n"):
            raise WorkerFailed(self._reason())
        answer: dict[str, Any] = json.loads(line)
        return answer

    def kill(self) -> None:
        self._was_killed = True
        self._process.kill()

    def _reason(self) -> Failure:
        if self._was_killed:
            return "timeout"
        match self._process.wait():
            case code if code == -signal.SIGXCPU:
                return "timeout"
            case code if code == -signal.SIGKILL:
                return "memory"
            case _:
                return "crash"


def _sweep(place: Path) -> None:
    """Removes the empty folders of killed processes; a folder with content is left."""
    for folder in place.glob(f"{FOLDER}*"):
        named = LEFT.fullmatch(folder.name)
        with contextlib.suppress(OSError):  # in use, another user's, or gone by now
            is_old = time.time() - folder.stat().st_mtime > OLD_SECONDS
            if named and (_is_dead(int(named[1])) if named[1] else is_old):
                folder.rmdir()


def _is_dead(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False


def _cpu_used(pid: int) -> Sequence[str]:
    """User and system time in kernel ticks; empty where /proc is missing."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    return ()


def _bare_environment() -> dict[str, str]:
    """No token, no proxy, no home: only what Python needs to start."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(_ROOT),
        "LANG": "C.UTF-8",
        "MALLOC_ARENA_MAX": "2",
    }
