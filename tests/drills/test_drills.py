"""The drills: a perintah half done goes on after a restore, and after an upgrade, to its end."""

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.simulate import TOKEN
from flows.model.messages import Button
from storage.maintenance.migrating import PACKAGED
from tests import officials
from tests.conftest import Stage
from tests.kantor import EXAMPLE, ROOT, Kantor, Seen, open_store_in
from tests.officials import HEADS, UNITS

EARLIER = Path(__file__).parent / "earlier"


@pytest.fixture
def opened() -> Iterator[list[Kantor]]:
    kantors: list[Kantor] = []
    yield kantors
    for kantor in kantors:
        kantor.close()


def bot(folder: Path, *words: str) -> str:
    """A command as it is typed, in the place that folder is."""
    environment = {
        **os.environ,
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/sigap.db",
        "TELEGRAM_BOT_TOKEN": TOKEN,
    }
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=180, check=True,
    ).stdout  # fmt: skip


def finish(kantor: Kantor) -> None:
    """From "working" to the signature: SEK fills in, DAL recaps, KBK validates, PPR delivers."""
    officials.fill(kantor, 1, "SEK")
    for unit in ("SEK", "DAL"):
        officials.put_forward(kantor, unit)
    for unit in ("SEK", "DAL", "KBK"):
        officials.approve(kantor, unit)
    head = HEADS["PPR"]
    kantor.press(head, "Sampaikan", kantor.task(head, "tugas_sampaikan", "PPR"))
    for unit in UNITS:
        officials.accept(kantor, unit)
    officials.close(kantor)
    officials.sign(kantor)


def outcome(kantor: Kantor) -> dict[str, Any]:
    """What has come of it; the order in which the units were quicker does not matter."""
    perintah = kantor.perintah(1)
    with kantor.store.reading() as queries:
        assert queries.record.verify() == ()
    return {
        "status": perintah.status,
        "acts": sorted((t.act, t.unit or "", t.round, t.state, t.outcome) for t in perintah.tugas),
        "data": sorted(
            (d.unit, d.version, [(r.kode, r.realisasi) for r in d.rows]) for d in perintah.data
        ),
        "papers": sorted({(d.kind, d.unit or "") for d in perintah.dokumen}),
    }


def test_a_backup_in_the_middle_is_restored_elsewhere_and_the_perintah_finished_there(
    stage: Stage, tmp_path: Path, opened: list[Kantor]
) -> None:
    """The chats are Telegram's and go on; the audit key is brought by hand, as the guide says."""
    undisturbed, lost = stage("working"), stage("working")
    evidence = lost.store.files.keep(b"bukti dukung")
    archive, place = tmp_path / "aman.tar.gz", tmp_path / "elsewhere"

    bot(lost.folder, "backup", str(archive))
    shutil.rmtree(lost.folder / "files")
    place.mkdir()
    shutil.copy(lost.folder / "audit.key", place)
    told = bot(place, "restore", str(archive))
    store = open_store_in(place)
    there = Kantor(place, lost.setting, store, lost.now, lost.people, lost.chats, count=lost.count)
    opened.append(there)
    finish(undisturbed)
    finish(there)

    assert "the record is whole" in told
    assert store.files.path(evidence).read_bytes() == b"bukti dukung"
    assert outcome(there)["status"] == "selesai"
    assert outcome(there) == outcome(undisturbed)


def revisions() -> set[str]:
    return {path.name.partition("_")[0] for path in (PACKAGED / "versions").glob("0*.py")}


def earlier_office(folder: Path, name: str) -> Kantor:
    """The office as an earlier program left it: its database, and the messages in the chats."""
    folder.mkdir()
    told = json.loads((EARLIER / f"{name}.json").read_text(encoding="utf-8"))
    with sqlite3.connect(folder / "sigap.db") as database:
        database.executescript(gzip.decompress((EARLIER / f"{name}.sql.gz").read_bytes()).decode())
    database.close()
    (folder / "audit.key").write_text(told["audit_key"] + "\n", encoding="ascii")
    (folder / "audit.key").chmod(0o600)
    chats = {chat: [_seen(one) for one in shown] for chat, shown in told["chats"].items()}
    now = datetime.fromisoformat(told["now"])
    store = open_store_in(folder)
    return Kantor(
        folder, EXAMPLE.setting(), store, now, told["people"], chats, count=told["count"]
    )


def _seen(told: dict[str, Any]) -> Seen:
    rows = tuple(tuple(Button(**button) for button in row) for row in told["rows"])
    return Seen(told["id"], told["key"], told["args"], rows, touched=told["touched"])


def test_a_database_of_an_earlier_program_is_upgraded_in_the_middle_and_finished(
    stage: Stage, tmp_path: Path, opened: list[Kantor]
) -> None:
    """Made by the program of revision 0040, with the same acts as the stage "working"."""
    undisturbed = stage("working")

    upgraded = earlier_office(tmp_path / "earlier", "kantor-0040")
    opened.append(upgraded)
    [copy] = (tmp_path / "earlier" / "backups").glob("before-migration-0040-*.db")
    finish(undisturbed)
    finish(upgraded)

    assert copy.stat().st_size > 100_000
    assert "0040" in revisions()
    assert max(revisions()) > "0040"
    assert outcome(upgraded)["status"] == "selesai"
    assert outcome(upgraded) == outcome(undisturbed)
