"""The pool ends at once, and nobody is left waiting for it."""

import threading
from pathlib import Path

from reports.workers import WorkerFailed, Workers


def test_closing_ends_whoever_waits_and_whoever_works(tmp_path: Path) -> None:
    workers = Workers(1)
    failed: list[str] = []

    def wait() -> None:
        try:
            workers.read(tmp_path / "none.xlsx", tmp_path / "none.json")
        except WorkerFailed as fault:
            failed.append(fault.reason)

    threads = [threading.Thread(target=wait) for _ in range(3)]
    for thread in threads:
        thread.start()
    workers.close()
    for thread in threads:
        thread.join(10)

    assert not any(thread.is_alive() for thread in threads)
    assert "closed" in failed
    assert set(failed) == {"closed"}
