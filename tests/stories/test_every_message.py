"""Both SOPs from end to end with all that goes wrong: every message to everybody is read."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from flows.model.commands import Digested
from flows.model.messages import Button
from storage.queues.outbox import OutboxItem
from tests import worded
from tests.conftest import REPAIRS
from tests.kantor import EXAMPLE, Blueprint, Kantor, wita
from tests.officials import (
    FILLERS,
    HEADS,
    KADIS,
    KASUBAG,
    SEKRETARIS,
    accept,
    approve,
    begin,
    close,
    coordinate,
    find_wrong,
    follow,
    forward,
    hand_out,
    meet,
    order,
    prove_all,
    put_forward,
    repair,
    send_in,
    take_findings,
    upload,
)
from tests.sentences import Office, faults, passed
from tests.stories.test_people import appoint, open_day
from tests.stories.test_stopping import stop

# The staff list of an office whose titles hold no code of a unit.
TITLES = {
    "Kasubag Perencanaan dan Evaluasi": "Kepala Subbagian Perencanaan",
    "Kepala Bidang KBK": "Kepala Bidang Keluarga Berencana",
    "Kepala Bidang PP": "Kepala Bidang Pemberdayaan",
    "Kepala Bidang PPA": "Kepala Bidang Perlindungan Anak",
}
REASON = "Data ARG menunggu BPKAD sampai bulan depan."
SKIPPED = "SEK"


@dataclass
class Heard(Kantor):
    """An office that keeps every message as it was shown, also what was edited away later."""

    heard: list[tuple[str, str, str, str]] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)

    def _show(self, item: OutboxItem) -> int | None:
        if item.kind == "board":
            perintah = self.perintah(item.body["perintah_id"])
            said = worded.words().board(perintah, self.setting, "1b7e04a9", self.now)
            self.heard.append((f"{self.now}", item.to, "papan", said.text))
        elif item.kind == "toast" and item.body["key"]:
            text = worded.words().toast(item.body["key"], item.body["args"])
            self.heard.append((f"{self.now}", item.to, item.body["key"], text))
        elif item.kind == "message":
            key, args, rows = item.body["key"], item.body["args"], item.body.get("rows", ())
            said = worded.words().say(key, args, rows)
            labels = [b["text"] for row in said.markup or [] for b in row]
            told = "\n".join((said.text, *labels))
            self.heard.append((f"{self.now}", item.to, key, told))
            self.offers += [f"{key}: {fault}" for fault in passed(args, rows, self.now)]
        return super()._show(item)


def staff_without_codes(folder: Path) -> Path:
    book = load_workbook(EXAMPLE.staff)
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            cell.value = TITLES.get(str(cell.value), cell.value)
    path = folder / "staff.xlsx"
    book.save(path)
    return path


def late_with_escalation(kantor: Kantor) -> None:
    """DAL and PPR do not meet in time; their superiors are told, and one reminds them."""
    for unit in ("SEK", "KBK", "PPA"):
        meet(kantor, unit)
    kantor.wait_until(wita(24, "13.30"), step=15)
    late = next(s for s in reversed(kantor.chat(SEKRETARIS)) if "eskalasi" in s.key)
    kantor.press(SEKRETARIS, next(b for b in late.labels if b.startswith("ingatkan")), late)
    meet(kantor, "DAL")
    meet(kantor, "PPR")


def morning(kantor: Kantor, day: int) -> None:
    """The office's day begins: posts change hands, and everybody reads what is due."""
    open_day(kantor, day)
    for person_id in kantor.people.values():
        kantor.do(Digested(person_id, f"pagi:{person_id}:{day}"))


def more_time(kantor: Kantor) -> None:
    kantor.say("Irma", "/perpanjangan")
    kantor.press("Irma", "tambah_hari")
    kantor.say("Irma", "Laporan 4 kecamatan baru masuk pagi ini.")
    kantor.press("Rusdin", "setujui")


def hindered(kantor: Kantor) -> None:
    kantor.say("Lestari", "/kendala")
    kantor.press("Lestari", "kendala_data")
    kantor.say("Lestari", "Angka menunggu laporan kecamatan.")
    kantor.press("Lestari", "pihak_luar")
    kantor.press("Nurdiana", "setujui_jeda")
    kantor.say(KASUBAG, "/status 1")
    kantor.press("Lestari", "kendala_selesai")


def returned(kantor: Kantor, unit: str) -> None:
    """The head sends one row back, and gets it again with new evidence."""
    head, code = HEADS[unit], f"{unit}-02"
    kantor.press(head, "Kembalikan", kantor.task(head, "tugas_validasi", unit))
    kantor.press(head, "ke_langkah")
    kantor.say(head, code)
    follow(kantor, head, "Kembalikan")
    kantor.send(FILLERS[unit], None, "foto.jpg", caption=code)
    send_in(kantor, FILLERS[unit])
    put_forward(kantor, unit)


def without(kantor: Kantor, unit: str) -> None:
    for name in (KASUBAG, SEKRETARIS):
        kantor.press(name, "lanjut_tanpa")
        kantor.press(name, unit)
        kantor.say(name, REASON)
        kantor.press(name, "lanjut_tanpa", kantor.last(name))


def look_around(kantor: Kantor) -> None:
    """What everybody may ask at any time."""
    for name in kantor.people:
        for command in ("/start", "/tugas", "/status 1", "/bantuan", "/kendala", "/batal"):
            kantor.say(name, command)


def collection(kantor: Kantor) -> None:
    order(kantor)
    forward(kantor, "Mohon segera.")
    hand_out(kantor)
    late_with_escalation(kantor)
    more_time(kantor)
    hindered(kantor)
    look_around(kantor)
    morning(kantor, 25)
    for unit in ("DAL", "KBK", "PPR", "PPA"):
        upload(kantor, 1, unit)
        send_in(kantor, FILLERS[unit])
        put_forward(kantor, unit)
    returned(kantor, "KBK")
    for unit in ("DAL", "KBK", "PPR", "PPA"):
        approve(kantor, unit)
        accept(kantor, unit)
    kantor.wait_until(wita(26, "15.00"), step=45)
    morning(kantor, 27)
    look_around(kantor)
    without(kantor, SKIPPED)
    close(kantor)


def correction(kantor: Kantor) -> None:
    """With an objection of PPR; signed by a Plh. of the Kepala Dinas."""
    find_wrong(kantor, "PPA-06 PPA-01 PPR-06")
    prove_all(kantor, 3)
    coordinate(kantor)
    receipt = kantor.task(HEADS["PPR"], "tugas_terima", "PPR")
    begin(kantor, HEADS["PPR"], "sanggah", receipt)
    kantor.press(KASUBAG, "Teruskan", kantor.task(KASUBAG, "tugas_sanggah"))
    kantor.press(SEKRETARIS, "terbukti", kantor.task(SEKRETARIS, "tugas_putusan"))
    follow(kantor, SEKRETARIS, "terbukti")
    kantor.say(KADIS, "/status 2")
    for unit, figures in REPAIRS.items():
        take_findings(kantor, unit)
        repair(kantor, 2, unit, figures)
    kantor.press(KASUBAG, "Ajukan")
    kantor.press(SEKRETARIS, "Paraf")
    kantor.now = wita(27, "15.00")
    appoint(kantor, "Kepala Dinas", "Ardin", "Plh.", "30-11-2026", "30-11-2026")
    morning(kantor, 30)
    look_around(kantor)
    kantor.press(SEKRETARIS, "Tanda tangani")
    kantor.press(SEKRETARIS, "tanda_tangani_versi")


def stopped(kantor: Kantor) -> None:
    """Another order, stopped while its units meet."""
    kantor.now = datetime(2026, 12, 1, 8, 0, tzinfo=kantor.now.tzinfo)
    order(kantor, "/perintah pengumpulan TW II 2026")
    forward(kantor)
    hand_out(kantor)
    stop(kantor, "/hentikan 3")


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Heard:
    folder = tmp_path_factory.mktemp("pesan")
    kantor = Heard.open(folder / "kantor", Blueprint(staff=staff_without_codes(folder)))
    assert isinstance(kantor, Heard)
    collection(kantor)
    correction(kantor)
    stopped(kantor)
    return kantor


@pytest.fixture(scope="module")
def office(heard: Heard) -> Office:
    with heard.store.reading() as queries:
        roster = queries.office.roster()
    return Office({p.jabatan for p in roster.penugasan}, heard.setting.office.unit_codes)


def titles_in(key: str, office: Office, heard: Heard) -> Office:
    """/pejabat asks for a role, not for a person's title."""
    roles = {role.label for role in heard.setting.office.roles.values()}
    return office._replace(titles={*office.titles, *roles}) if key == "tanya_peran" else office


def test_no_message_names_a_bare_step_a_strange_title_or_a_wrong_mark(
    heard: Heard, office: Office
) -> None:
    found = [
        f"{at} {to} {key}: {fault}"
        for at, to, key, text in heard.heard
        for fault in faults(text, titles_in(key, office, heard))
    ]

    assert "\n".join(dict.fromkeys(found)) == ""


def test_nothing_offers_a_moment_that_is_over(heard: Heard) -> None:
    assert heard.offers == []


def test_everything_that_can_go_wrong_was_read(heard: Heard) -> None:
    keys = {key for _, _, key, _ in heard.heard}

    assert keys >= {
        *("eskalasi", "lewat_batas", "diingatkan", "mohon_perpanjangan", "hasil_perpanjangan"),
        *("kendala_disampaikan", "kendala_diputus", "tugas_isi_kembali", "selesai_kembali"),
        *("unit_dilewati", "tugas_sanggah", "tugas_putusan", "pelaksana_jabatan", "papan"),
        *("grup_selesai", "perintah_dihentikan", "papan_masuk", "status", "daftar_tugas"),
        "ringkasan_pagi",
    }
    assert {to for _, to, _, _ in heard.heard} >= {f"p{n}" for n in heard.people.values()}


GOOD = Office({"Kepala Dinas", "Kepala Bidang Dalduk"}, ("DAL", "KBK"))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Dikembalikan ke langkah 5.", "a step without its name"),
        ("Langkah 4: rapat", "a step without its name"),
        ("lihat (langkah 2/9)", "a step without its name"),
        ("Yth. Bapak Kepala Bidang DAL,", "a title that the staff list does not know"),
        ("Kepala Bidang Dalduk DAL", "a title that the staff list does not know"),
        ("Kepala Bidang Dalduks", "a title that the staff list does not know"),
        ("Terima kasih..", "two full stops"),
        ("rata-rata 91.5", "a point as decimal mark"),
        ("92.08%", "a point as decimal mark"),
        ("2.9 MB", "a point as decimal mark"),
        ("terlambat 496 menit", "minutes without their days"),
        ("4 jam (2.055 menit)", "minutes without their days"),
    ],
)
def test_a_bad_sentence_is_found(text: str, fault: str) -> None:
    [told, *_] = faults(f"Baris pertama\n{text}", GOOD)

    assert told == f"{fault}: {text}"


@pytest.mark.parametrize(
    "text",
    [
        "Langkah 4 (rapat unit DAL) telah melewati batas",
        "Tugas Ibu: membuat format permintaan data (langkah 2/9)",
        "Yth. Bapak Plt. Kepala Bidang Dalduk,",
        "2,9 MB, 92,08%, rata-rata 1.234,56, pukul 08.33 WITA …",
        "1 hari kerja 30 menit (480 menit), 60 menit kerja, 450 menit",
        "Catatan Kepala Dinas: “lihat langkah 5..”",
    ],
)
def test_a_good_sentence_is_left_alone(text: str) -> None:
    assert list(faults(text, GOOD)) == []


def test_an_offer_of_the_past_is_found() -> None:
    past, to_come = wita(24, "08.00").isoformat(), wita(25, "08.00").isoformat()
    now = wita(24, "10.00")
    rows: Any = ((Button("tambah_hari", "a", "b", 0, args={"saat": past}),),)

    assert len(list(passed({"menjadi": past}, rows, now))) == 2
    assert list(passed({"menjadi": to_come}, (), now)) == []
