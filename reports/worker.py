"""The worker process that reads files and draws papers: JSON lines in, JSON lines out."""

import contextlib
import errno
import json
import os
import resource
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from flows.papers.catalogue import line_of
from flows.papers.facts import Issue, MarkedData
from reports.papers.drawing import draw
from reports.papers.logo import read_logo
from reports.reading.claim import claimed_code
from reports.reading.sheetjson import reading_to_json
from reports.reading.sheets import read_sheet
from reports.workbooks.cells import labels, replacing
from reports.workbooks.difference import write_difference
from reports.workbooks.markedbook import write_marked
from reports.workbooks.tables import TextTable, write_text_tables

MEMORY_LIMIT = 2**30
FILE_LIMIT = 64 * 2**20
CPU_SECONDS = 8
READY = "ready"
DISK_ERRORS = frozenset({errno.EDQUOT, errno.ENOSPC, errno.EROFS})

Payload = dict[str, Any]


def main() -> None:
    channel = _private_channel()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    labels()
    _limit(resource.RLIMIT_AS, MEMORY_LIMIT)
    _limit(resource.RLIMIT_FSIZE, FILE_LIMIT)
    _limit(resource.RLIMIT_CORE, 0)
    _say(channel, {READY: True})
    for line in sys.stdin:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS)
        answer = _answer(line)
        answer["peak"] = _peak()
        _say(channel, answer)
        if "failed" in answer:
            return


def _answer(line: str) -> Payload:
    try:
        request = json.loads(line)
        return {"done": JOBS[request["job"]](request["payload"])}
    except MemoryError:
        return {"failed": "memory", "error": ""}
    except Exception as fault:  # every fault is reported; the pool then starts a new worker
        if error := _of_disk(fault):
            return {"failed": "disk", "error": "", "errno": error}
        return {"failed": "crash", "error": traceback.format_exc(limit=-8)[-4000:]}


def _of_disk(fault: BaseException | None) -> int:
    """The error of a full or read-only disk, also beneath a library's own fault; else 0."""
    while fault is not None:
        if isinstance(fault, OSError) and fault.errno in DISK_ERRORS:
            return fault.errno
        fault = fault.__cause__ or fault.__context__
    return 0


def _read(payload: Payload) -> Payload:
    reading = read_sheet(Path(payload["path"]))
    with replacing(Path(payload["target"])) as path:
        path.write_text(reading_to_json(reading), "utf-8")
    return {}


def _claim(payload: Payload) -> Payload:
    return {"kode": claimed_code(Path(payload["path"]))}


def _marked(payload: Payload) -> Payload:
    write_marked(Path(payload["target"]), MarkedData.model_validate(payload["data"]))
    return {}


def _paper(payload: Payload) -> Payload:
    logo = payload["logo"]
    draw(
        line_of(payload["kind"]),
        Path(payload["body"]).read_bytes(),
        Issue.model_validate(payload["issue"]),
        Path(payload["target"]),
        payload["format"],
        read_logo(Path(logo)) if logo else None,
    )
    return {}


def _text_tables(payload: Payload) -> Payload:
    tables = [
        TextTable(name, tuple((h, w) for h, w in columns), tuple(tuple(row) for row in rows))
        for name, columns, rows in payload["tables"]
    ]
    write_text_tables(Path(payload["target"]), datetime.fromisoformat(payload["made_at"]), tables)
    return {}


def _difference(payload: Payload) -> Payload:
    ours, theirs = Path(payload["ours"]), Path(payload["theirs"])
    made_at = datetime.fromisoformat(payload["made_at"])
    write_difference(Path(payload["target"]), ours, theirs, made_at)
    return {}


JOBS: Mapping[str, Callable[[Payload], Payload]] = {
    "read": _read,
    "claim": _claim,
    "marked": _marked,
    "paper": _paper,
    "text_tables": _text_tables,
    "difference": _difference,
}


def _private_channel() -> TextIO:
    """The real standard output; what a library prints goes to standard error."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return channel


def _say(channel: TextIO, answer: Payload) -> None:
    channel.write(json.dumps(answer) + "\n")
    channel.flush()


def _peak() -> int:
    """Peak resident memory of this process in KiB; 0 where the system does not tell.

    Not ru_maxrss: a new process inherits that of its parent.
    """
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


def _limit(kind: int, value: int) -> None:
    """Sets the soft limit only, so that it can be raised again for the next job."""
    _, hard = resource.getrlimit(kind)
    with contextlib.suppress(ValueError, OSError):  # a system without this limit
        resource.setrlimit(kind, (value, hard))


if __name__ == "__main__":
    main()
