"""The drills: a perintah half done goes on after a restore, and after an upgrade, to its end."""

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.operations.verify import Audit, audit
from bot.runtime.config import calendar_of, read_book
from bot.simulate import TOKEN
from flows.engine.commands import showing
from flows.model.changes import Decision
from flows.model.messages import Button
from flows.model.view import Setting
from flows.office.kantor import Office
from flows.papers.sop_approval import accepted, fingerprints
from storage.maintenance.migrating import PACKAGED
from tests import officials
from tests.conftest import REPAIRS, Stage
from tests.kantor import EXAMPLE, ROOT, Kantor, Seen, open_store_in
from tests.officials import FILLERS, HEADS, KADIS, KASUBAG, SEKRETARIS, UNITS

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
    for content in told.get("files", {}).values():
        store.files.keep(content.encode())
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


@dataclass
class Filing(Kantor):
    """An office whose uploads are kept, as the bot keeps them."""

    def send(self, *sent: Any, sha256: str = "", **told: Any) -> Decision:
        content = f"Unggahan {self.count}".encode()
        return super().send(*sent, sha256=sha256 or self.store.files.keep(content), **told)


def landed_office(folder: Path, setting: Setting) -> Kantor:
    """Made by the program of commit b99918d: the collection of TW III waits for its correction,
    which stands at a sanggah and at corrected figures, and that of TW II at every step of a unit.
    The reconstruction of PERBAIKAN is approved, that of PENGUMPULAN about to be."""
    kantor = Filing(**vars(earlier_office(folder, "kantor-b99918d")))
    kantor.setting = setting
    return kantor


def with_keys(**changed: Any) -> Setting:
    """The former kantor.yaml with values that the former program obeyed nowhere."""
    document = yaml.safe_load((EARLIER / "kantor-b99918d.yaml").read_text("utf-8"))
    for place, value in changed.items():
        section, _, key = place.partition("__")
        document[section][key] = value
    office = Office.parse(yaml.safe_dump(document), "kantor.yaml")
    return Setting(
        office, read_book(office, None), calendar_of(office, 2026), "sigap_contoh_bot", showing()
    )


NEWLY_OBEYED = {
    "instansi__telepon": "0461-12345",
    "jam_kerja__cuti_bersama_libur": False,
    "nomor__agenda": "{urut}/PRN/{tahun}",
    "nomor__disposisi": "{urut}/DISP/{tahun}",
    "lembar_disposisi__kepala": ["surat_dari", "nomor_agenda", "hal", "lain"],
}


def papers(kantor: Kantor) -> list[tuple[int, int, str, str | None, int, str, bool]]:
    return [
        (number, d.seq, d.kind, d.unit, d.version, d.sha256, d.is_superseded)
        for number in (1, 2, 3)
        for d in kantor.perintah(number).dokumen
    ]


@pytest.mark.parametrize("keys", [{}, NEWLY_OBEYED], ids=["as_it_was", "newly_obeyed"])
def test_the_landed_version_is_upgraded_and_nothing_stored_is_touched(
    tmp_path: Path, opened: list[Kantor], keys: dict[str, Any]
) -> None:
    kantor = landed_office(tmp_path / "landed", with_keys(**keys))
    opened.append(kantor)
    before = papers(kantor)

    for _ in range(3):
        kantor.pass_minutes(60)
        kantor.tick()
    kantor.say(HEADS["DAL"], "/status")
    kantor.say(KASUBAG, "/disposisi")
    officials.upload(kantor, 3, "DAL")

    assert papers(kantor) == before
    assert audit(kantor.store).breaks == ()


def test_the_rows_of_the_landed_version_are_covered_with_the_next_event_of_their_chain(
    tmp_path: Path, opened: list[Kantor]
) -> None:
    kantor = landed_office(tmp_path / "landed", with_keys())
    opened.append(kantor)
    before = audit(kantor.store)

    officials.upload(kantor, 3, "DAL")
    with_one = audit(kantor.store)
    finish_correction(kantor)
    kantor.say(KASUBAG, "/arsip 3")
    with_all = audit(kantor.store)
    with sqlite3.connect(tmp_path / "landed" / "sigap.db") as database:
        database.execute("UPDATE perintah SET arahan = 'lain' WHERE id = 3")
    database.close()

    assert (before.breaks, with_one.breaks, with_all.breaks) == ((), (), ())
    assert uncovered(before) > uncovered(with_one) > uncovered(with_all) > 0
    assert covered(before) == 0 < covered(with_one) < covered(with_all)
    assert "row perintah 3 was changed" in audit(kantor.store).breaks[0]


def uncovered(found: Audit) -> int:
    return told_number(found, " rows from before are not covered yet")


def covered(found: Audit) -> int:
    return told_number(found, " rows are as the record proves them")


def told_number(found: Audit, words: str) -> int:
    return next(int(line.removesuffix(words)) for line in found.told if line.endswith(words))


def test_a_new_letterhead_stands_on_what_is_filed_next(
    tmp_path: Path, opened: list[Kantor]
) -> None:
    kantor = landed_office(tmp_path / "landed", with_keys(**NEWLY_OBEYED))
    opened.append(kantor)

    officials.meet(kantor, "SEK")
    kantor.say(KADIS, "/perintah pengumpulan TW I 2026")
    kantor.press(KADIS, "terbitkan")

    fresh, former = (kantor.perintah(number).paper("disposisi") for number in (4, 3))
    minutes = kantor.perintah(3).paper("notulen", "SEK")
    assert fresh is not None
    assert former is not None
    assert minutes is not None
    assert minutes.data["isi"]["kop"]["telepon"] == "0461-12345"
    assert (fresh.data["isi"]["agenda"], fresh.data["isi"]["kop"]["telepon"]) == (
        "4/PRN/2026", "0461-12345",
    )  # fmt: skip
    assert fresh.data["isi"]["kepala"][0] == "surat_dari"
    assert (former.data["isi"]["agenda"], former.version) == ("003/2026", 3)
    assert "telepon" not in former.data["isi"]["kop"]
    assert (fresh.data["isi"]["bentuk"], former.data["isi"].get("bentuk")) == (2, None)


def test_both_sops_of_the_landed_version_go_on_to_their_end(
    tmp_path: Path, opened: list[Kantor]
) -> None:
    kantor = landed_office(tmp_path / "landed", with_keys())
    opened.append(kantor)

    finish_correction(kantor)
    assert [kantor.perintah(number).status for number in (1, 2)] == ["selesai", "selesai"]
    finish_second_collection(kantor)

    assert kantor.perintah(3).status == "selesai"
    assert {d.kind for d in kantor.perintah(3).dokumen} >= {"rekap", "berita_acara"}
    assert audit(kantor.store).breaks == ()


def finish_correction(kantor: Kantor) -> None:
    """The sanggah is refused, both units correct, and all sign; PPA on the former form."""
    kantor.press(KASUBAG, "Teruskan", kantor.task(KASUBAG, "tugas_sanggah", "PPR"))
    kantor.press(SEKRETARIS, "terbukti", kantor.task(SEKRETARIS, "tugas_putusan", "PPR"))
    kantor.say(SEKRETARIS, "Batas data 30 September.")
    officials.correct(kantor, 2, "PPA", REPAIRS["PPA"])
    officials.send_in(kantor, FILLERS["PPA"])
    officials.approve(kantor, "PPA", "Setujui")
    officials.accept(kantor, "PPA")
    officials.take_findings(kantor, "PPR")
    officials.repair(kantor, 2, "PPR", REPAIRS["PPR"])
    kantor.press(KASUBAG, "Ajukan")
    kantor.press(SEKRETARIS, "Paraf")
    officials.sign(kantor)


def finish_second_collection(kantor: Kantor) -> None:
    officials.fill(kantor, 3, "DAL")
    officials.put_forward(kantor, "DAL")
    for unit in ("DAL", "KBK"):
        officials.approve(kantor, unit)
    for unit in ("SEK", "PPR", "PPA"):
        officials.bring_in(kantor, 3, unit)
    for unit in UNITS:
        officials.accept(kantor, unit)
    officials.close(kantor)
    officials.sign(kantor)


def test_an_approved_sop_stays_approved_and_its_earlier_print_is_verified(
    tmp_path: Path, opened: list[Kantor]
) -> None:
    """The button of the former version approves the other one."""
    kantor = landed_office(tmp_path / "landed", with_keys())
    opened.append(kantor)
    code = json.loads((EARLIER / "kantor-b99918d.json").read_text("utf-8"))["kode_sop"]

    kantor.say(77, f"/verifikasi {code}")
    earlier = kantor.chats["c77"][-1]
    kantor.press(KADIS, "setujui")
    with kantor.store.reading() as queries:
        approvals = {a.sop: a.sha256 for a in queries.office.sop_approvals()}

    assert (earlier.key, earlier.args["sop"], earlier.args["berlaku"]) == (
        "verifikasi_sop", "Perbaikan Data Kinerja", True,
    )  # fmt: skip
    assert kantor.last(KADIS).key == "rekonstruksi_disetujui"
    found = {sop.code: sop for sop in kantor.setting.book.sops}
    assert approvals["PENGUMPULAN"] == fingerprints(found["PENGUMPULAN"])[2]
    assert approvals["PERBAIKAN"] in accepted(found["PERBAIKAN"])
    assert approvals["PERBAIKAN"] not in fingerprints(found["PERBAIKAN"]).values()
    assert audit(kantor.store).breaks == ()
