"""The pool: every odd file is answered within its limits, and no file or fault hurts the next."""

import errno
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest

from flows.forms.form import Sheet, Unreadable
from reports import worker
from reports.reading.sheetjson import reading_from_json
from reports.workers import WorkerFailed, Workers
from tests.reports import corpus
from tests.reports.examples import form_data, issue, rekap_data


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    pool = Workers(1)
    yield pool
    pool.close()


def _stored(folder: Path, data: bytes) -> Path:
    path = folder / "0f3a"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(("name", "reason"), sorted(corpus.REFUSED.items()))
def test_odd_files_are_refused_with_their_reason(
    name: str, reason: str, tmp_path: Path, workers: Workers
) -> None:
    path, target = _stored(tmp_path, corpus.content(name)), tmp_path / "sheet.json"

    reading = workers.read(path, target)

    assert isinstance(reading, Unreadable), reading
    assert reading.reason == reason
    assert json.loads(target.read_text("utf-8"))["unreadable"]["reason"] == reason


def test_a_right_file_is_read_after_all_the_odd_ones(tmp_path: Path, workers: Workers) -> None:
    reading = workers.read(_stored(tmp_path, corpus.package()), tmp_path / "sheet.json")

    assert isinstance(reading, Sheet)


def test_a_job_that_hangs_is_ended_and_the_pool_goes_on(tmp_path: Path) -> None:
    pool = Workers(1)
    os.mkfifo(tmp_path / "pipe")  # opening it waits for somebody who writes
    payload = {"path": str(tmp_path / "pipe"), "target": str(tmp_path / "a.json")}

    with pytest.raises(WorkerFailed) as failed:
        pool.run("read", payload, idle=0.2)

    assert failed.value.reason == "timeout"
    assert isinstance(pool.read(_stored(tmp_path, corpus.package()), tmp_path / "b.json"), Sheet)
    pool.close()


def test_a_job_that_works_is_not_ended_however_slow_the_machine(
    tmp_path: Path, workers: Workers
) -> None:
    path = _stored(tmp_path, corpus.content("four hundred thousand blank rows"))
    target = tmp_path / "sheet.json"

    workers.run("read", {"path": str(path), "target": str(target)}, idle=0.5)

    assert isinstance(reading_from_json(target.read_text("utf-8")), Sheet)


def test_a_job_that_cannot_be_done_is_a_crash_with_its_cause(
    tmp_path: Path, workers: Workers
) -> None:
    with pytest.raises(WorkerFailed) as failed:
        workers.paper(tmp_path / "form.xlsx", "form", "xlsx", {}, issue())

    assert failed.value.reason == "crash"
    assert "ValidationError" in str(failed.value)


def test_a_file_that_is_gone_is_told_as_unreadable(tmp_path: Path, workers: Workers) -> None:
    reading = workers.read(tmp_path / "gone", tmp_path / "sheet.json")

    assert reading == Unreadable("crash")


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_a_full_disk_is_no_fault_of_the_file(
    error: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a library has a fault of its own for it; the same job succeeds later."""

    def fail(_: int) -> None:
        try:
            raise OSError(error, os.strerror(error))
        except OSError as fault:
            raise ValueError("the book is not closed") from fault

    path, target = _stored(tmp_path, corpus.package()), tmp_path / "sheet.json"
    job = json.dumps({"job": "read", "payload": {"path": str(path), "target": str(target)}})
    with monkeypatch.context() as disk:
        disk.setattr(os, "replace", fail)
        disk.setattr(Path, "replace", fail)
        disk.setattr(Path, "write_text", lambda *_: fail(0))
        refused = worker._answer(job)

    assert refused == {"failed": "disk", "error": "", "errno": error}
    assert worker._answer(job) == {"done": {}}


def test_several_threads_share_the_pool(tmp_path: Path, workers: Workers) -> None:
    path = _stored(tmp_path, corpus.package())
    targets = [tmp_path / f"{number}.json" for number in range(6)]

    with ThreadPoolExecutor(6) as threads:
        readings = list(threads.map(lambda target: workers.read(path, target), targets))

    assert [type(reading) for reading in readings] == [Sheet] * 6


def test_a_worker_knows_no_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: Workers
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:secret")
    pool = Workers(1)
    pool.read(_stored(tmp_path, corpus.package()), tmp_path / "sheet.json")
    children = [
        pid for pid in os.listdir("/proc") if pid.isdigit() and _parent(pid) == os.getpid()
    ]

    environments = [_read(f"/proc/{pid}/environ") for pid in children]

    assert b"LANG=C.UTF-8" in b"".join(environments)
    assert b"secret" not in b"".join(environments)
    pool.close()


def _parent(pid: str) -> int:
    status = _read(f"/proc/{pid}/stat").decode("utf-8", "replace")
    return int(status.rpartition(")")[2].split()[1]) if status else 0


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""


def test_papers_are_drawn_by_the_pool(tmp_path: Path, workers: Workers) -> None:
    data = rekap_data()

    workers.paper(tmp_path / "form.xlsx", "form", "xlsx", form_data().body(), issue())
    workers.paper(tmp_path / "rekap.xlsx", "rekap", "xlsx", data.body(), issue())
    workers.paper(tmp_path / "rekap.pdf", "rekap", "pdf", data.body(), issue())

    assert openpyxl.load_workbook(tmp_path / "form.xlsx").sheetnames[0] == "KBK"
    assert openpyxl.load_workbook(tmp_path / "rekap.xlsx").sheetnames[0] == "Ringkasan"
    assert (tmp_path / "rekap.pdf").read_bytes().startswith(b"%PDF")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "form.xlsx",
        "rekap.pdf",
        "rekap.xlsx",
    ]


def test_a_pdf_nobody_can_look_into_is_one_without_a_code(
    tmp_path: Path, workers: Workers
) -> None:
    assert workers.claim(tmp_path / "gone.pdf") == ""


def test_empty_folders_of_killed_processes_are_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen(["true"])
    ended.wait()
    long_ago = time.time() - 2 * 24 * 3600
    for name in (f"{ended.pid}-abcdefgh", f"{os.getpid()}-abcdefgh", "ijklmnop"):
        (tmp_path / f"sigap-worker-{name}").mkdir()
    for name in ("abcdefgh", "full_one", "not-one"):
        folder = tmp_path / f"sigap-worker-{name}"
        folder.mkdir()
        if name == "full_one":
            (folder / "x").touch()
        os.utime(folder, (long_ago, long_ago))

    pool = Workers(1)
    left = {path.name.removeprefix("sigap-worker-") for path in tmp_path.iterdir()}
    pool.close()

    own = {name for name in left if name.startswith(f"{os.getpid()}-")}
    assert left - own == {"ijklmnop", "full_one", "not-one"}
    assert len(own) == 2
