"""Every key of kantor.yaml is obeyed: each is changed once, and what the product does differs."""

import asyncio
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import openpyxl
import pytest
import yaml
from pydantic import BaseModel

from bot.deciding.morning import Morning
from bot.operations.backups import is_backup_due, make_backup
from bot.operations.doctor import examine
from bot.runtime.config import Settings, calendar_of, read_book
from flows.deadlines.reminders import levels
from flows.engine.commands import showing
from flows.forms.lists import ListInvalid
from flows.model.commands import Membership
from flows.model.view import Setting
from flows.office.kantor import Office
from flows.office.people import Post, Roster
from reports.papers.layout import paper
from reports.workbooks.lists import read_staff
from storage.maintenance.backup import backup_name
from tests.conftest import Stage
from tests.kantor import EXAMPLE, ROOT, Blueprint, Kantor, wita
from tests.officials import (
    ADMIN,
    KADIS,
    KASUBAG,
    OPERATOR,
    UNITS,
    accept,
    bring_in,
    follow,
    forward,
    hand_out,
    meet,
    order,
    sign,
)  # fmt: skip

Document = dict[str, Any]
TOLD = ("office", "logo")
SHIPPED: Document = yaml.safe_load((ROOT / "kantor.yaml").read_text("utf-8"))
OWN_DAY = {"tanggal": date(2026, 12, 9), "nama": "Pilkada", "dasar": "SE Bupati 1/2026"}


def leaves(model: type[BaseModel], place: str = "") -> Iterator[str]:
    """Every key below the model, by its name in the file: `unit[].kode`, `peran.*.label`."""
    for name, field in model.model_fields.items():
        inner = [field.annotation, *_within(field.annotation)]
        path = f"{place}{field.alias or name}"
        below = next((t for t in inner if isinstance(t, type) and issubclass(t, BaseModel)), None)
        many = "" if below is field.annotation else ".*" if _is_map(field.annotation) else "[]"
        yield from leaves(below, f"{path}{many}.") if below else (path,)


def _within(annotation: Any) -> Iterator[Any]:
    for inner in get_args(annotation):
        yield inner
        yield from _within(inner)


def _is_map(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is dict


# What the product does, each in an office of that stage whose kantor.yaml is the one tried.


def calendar(kantor: Kantor) -> Any:
    """Where an hour given at nine each morning ends."""
    mornings = [datetime(2026, 1, 1, 1, 0, tzinfo=UTC) + timedelta(days=n) for n in range(400)]
    return [kantor.setting.calendar.due(morning, 450) for morning in mornings]


def days(kantor: Kantor) -> Any:
    kantor.say(ADMIN, "/libur")
    return kantor.last(ADMIN).text


def sheet(kantor: Kantor) -> Any:
    """The Lembar Disposisi as it is laid out, once it was passed on."""
    order(kantor)
    forward(kantor)
    filed = kantor.perintah(1).paper("disposisi")
    assert filed is not None
    return paper("disposisi", filed.data["isi"], {"kode": "", "sha256": "0" * 64})


def question(kantor: Kantor) -> Any:
    """What the Kepala Dinas is asked before his order goes out."""
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    return kantor.last(KADIS).args


def posts(kantor: Kantor) -> Any:
    """Who may act in which post, and where each delay goes."""
    roster, office = roster_of(kantor), kantor.setting.office
    held = {p.id: office.posts_of(roster, p.id, kantor.now.date()) for p in roster.people}
    return held, {post: office.superior(post) for each in held.values() for post in each}


def pelaksana(kantor: Kantor) -> Any:
    holders = kantor.setting.office.holders
    return holders(roster_of(kantor), Post("pelaksana", "KBK"), kantor.now.date())


def staff_list(kantor: Kantor) -> Any:
    """Whether a list that calls the post by its other name is taken."""
    path, book = kantor.folder / "staff.xlsx", openpyxl.load_workbook(EXAMPLE.staff)
    for cell in (cell for line in book.worksheets[0] for cell in line):
        if cell.value in ("kepala_dinas", "Kepala Dinas"):
            cell.value = "Kepala OPD"
    book.save(path)
    try:
        return [row.role for row in read_staff(path, kantor.setting.office)]
    except ListInvalid as refused:
        return str(refused)


def tops(kantor: Kantor) -> Any:
    return kantor.setting.office.tops


def registered(kantor: Kantor) -> Any:
    file = kantor.folder / "kantor.yaml"
    folder = kantor.folder / "another"
    folder.mkdir()
    another = Kantor.open(folder, Blueprint(kantor=file))
    bound = [person.is_bound for person in roster_of(another).people]
    another.close()
    return bound


def findings(kantor: Kantor) -> Any:
    """What `check` says of the file."""
    told = Settings(data_dir=kantor.folder, kantor_file=kantor.folder / "kantor.yaml")
    folder = str(kantor.folder)
    return [str(f).replace(folder, "") for f in asyncio.run(examine(told)) if f.what in TOLD]


def stopping(kantor: Kantor) -> Any:
    """What the Kepala Dinas is answered who wants to stop his order."""
    kantor.say(KADIS, "/hentikan 1")
    return kantor.last(KADIS).key


def reminders(kantor: Kantor) -> Any:
    """When which word is owed of a long task, a short one and a receipt."""
    office, work = kantor.setting.office, kantor.setting.calendar
    tasks = [
        tugas._replace(minutes=minutes, due_at=work.due(tugas.opened_at, minutes))
        for tugas in kantor.perintah(1).open_tugas
        for minutes in (60, 300)
    ]
    receipts = [t._replace(due_at=None, next_at=kantor.now) for t in tasks]
    return [levels(tugas, office, work) for tugas in (*tasks, *receipts)]


def digest(kantor: Kantor) -> Any:
    """Which minute of the morning brings the digests."""
    morning = Morning(kantor.store, kantor.setting)
    return [morning.tick(wita(25, f"07.{minute}")) for minute in range(30, 60)]


def objection(kantor: Kantor) -> Any:
    """Until when an official may object to what the operator wrote down."""
    kantor.do(Membership(kantor.origin(KASUBAG), False))
    forward(kantor)
    kantor.say(OPERATOR, "/catat")
    kantor.press_data(OPERATOR, kantor.last(OPERATOR).id, kantor.last(OPERATOR).buttons[0].data)
    kantor.press(OPERATOR, "Pakai format baku")
    kantor.send(OPERATOR, None, "lembar.jpg")
    follow(kantor, OPERATOR, "Pakai format baku")
    kantor.do(Membership(kantor.origin(KASUBAG), True))
    return kantor.task(KASUBAG, "dicatat_operator").args["sampai"]


def rekap(kantor: Kantor) -> Any:
    for unit in UNITS:
        bring_in(kantor, 1, unit)
        accept(kantor, unit)
    found = kantor.perintah(1).paper("rekap")
    assert found is not None
    return found.data["isi"]


def returned(kantor: Kantor) -> Any:
    """How long the Sekretaris has for what comes back to him."""
    forward(kantor)
    kantor.press(KASUBAG, "mohon_arahan")
    kantor.say(KASUBAG, "Mohon arahan tentang unit yang dituju.")
    return kantor.tugas(1, "2a").minutes


def letters(kantor: Kantor) -> Any:
    forward(kantor)
    hand_out(kantor)
    meet(kantor, "PPA")
    minutes, covering = (kantor.perintah(1).paper(k, "PPA") for k in ("notulen", "pengantar"))
    assert minutes is not None
    assert covering is not None
    return minutes.data["pengesahan"], covering.data["isi"]["unit_nama"]


def signed(kantor: Kantor) -> Any:
    sign(kantor)
    found = kantor.perintah(1).paper("rekap")
    assert found is not None
    return {k: found.data["pengesahan"][k] for k in ("nomor", "persetujuan", "paraf")}


def acts(kantor: Kantor) -> Any:
    return [act.code for sop in kantor.setting.book.current() for act in sop.acts]


def backup_hour(kantor: Kantor) -> Any:
    return [is_backup_due(kantor.setting.office, wita(25, f"{h:02}.00"), None) for h in range(24)]


def backups_kept(kantor: Kantor) -> Any:
    """Of one made on each of the last days, weeks and months."""
    told = Settings(data_dir=kantor.folder, database_url=f"sqlite:///{kantor.folder}/sigap.db")
    folder = kantor.folder / "backups"
    folder.mkdir()
    for age in (1, 2, 3, 4, 5, 6, 7, 9, 16, 23, 30, 60, 90):
        (folder / backup_name(kantor.now - timedelta(days=age))).touch()
    make_backup(told, kantor.setting.office, kantor.now)
    return sorted(path.name for path in folder.iterdir())


def roster_of(kantor: Kantor) -> Roster:
    with kantor.store.reading() as queries:
        return queries.office.roster()


@dataclass(frozen=True)
class Trial:
    """`change` puts another value at the key; `before` is in both files, beside the shipped."""

    stage: str
    look: Callable[[Kantor], Any]
    change: Callable[[Document], Any]
    before: Callable[[Document], Any] = lambda document: None


def put(place: str, value: Any) -> Callable[[Document], None]:
    """`unit[4].nama`: a key of the document, whatever stands there."""
    *way, last = place.replace("[", ".[").split(".")

    def change(document: Document) -> None:
        part: Any = document
        for step in way:
            part = part[int(step[1:-1])] if step.startswith("[") else part[step]
        part[last] = copy.deepcopy(value)

    return change


def own(list_name: str) -> Callable[[Document], None]:
    return put(f"jam_kerja.{list_name}", [OWN_DAY])


WEEK = {"sen-jum": ["08.00-15.00"]}
FREE, WORKED = "libur_tambahan", "hari_kerja_tambahan"
SHEET, USUAL = "lembar_disposisi", "lembar_disposisi.isian_bawaan"
LATE, ROLE = "lewat_batas", "peran.kepala_unit"
NUMBER = "{klas}/{urut}/LAIN/{tahun}"

TRIALS: dict[str, Trial] = {
    "instansi.pemda": Trial("open", sheet, put("instansi.pemda", "PEMERINTAH KOTA CONTOH")),
    "instansi.nama": Trial("open", sheet, put("instansi.nama", "DINAS CONTOH")),
    "instansi.singkatan": Trial("open", sheet, put("instansi.singkatan", "DINCON")),
    "instansi.tempat": Trial("open", sheet, put("instansi.tempat", "Contoh")),
    "instansi.alamat": Trial("open", sheet, put("instansi.alamat", "Jalan Contoh 1")),
    "instansi.telepon": Trial("open", sheet, put("instansi.telepon", "0461-12345")),
    "instansi.logo": Trial("open", findings, put("instansi.logo", "logo.png")),
    "unit[].kode": Trial("open", question, put("unit[4].kode", "PPX")),
    "unit[].nama": Trial("ordered", letters, put("unit[4].nama", "Bidang Contoh")),
    "peran.*.label": Trial("open", sheet, put("peran.sekretaris.label", "Sekretaris Dinas")),
    "peran.*.jumlah": Trial("open", pelaksana, put("peran.pelaksana.jumlah", 1)),
    "peran.*.per_unit": Trial("open", posts, put("peran.operator.per_unit", True)),
    "peran.*.atasan": Trial("open", posts, put("peran.pelaksana.atasan", "sekretaris")),
    "peran.*.eskalasi": Trial("open", posts, put(f"{ROLE}.eskalasi", "kepala_dinas")),
    "peran.*.khusus": Trial("open", posts, put(f"{ROLE}.khusus", {})),
    "peran.*.bawaan": Trial("open", posts, put("peran.koordinator_data.bawaan", [])),
    "peran.*.alias": Trial("open", staff_list, put("peran.kepala_dinas.alias", [])),
    "peran.*.langkah_sop": Trial("open", tops, put("peran.operator.langkah_sop", True)),
    "peran.*.ket": Trial("open", findings, put("peran.operator.ket", "mencatat")),
    "peran.*.boleh": Trial("ordered", stopping, put("peran.kepala_dinas.boleh", [])),
    "pendaftaran": Trial("open", registered, put("pendaftaran", "konfirmasi")),
    "jam_kerja.zona": Trial("closing", signed, put("jam_kerja.zona", "Asia/Jayapura")),
    "jam_kerja.biasa": Trial("open", calendar, put("jam_kerja.biasa", WEEK)),
    "jam_kerja.ramadan": Trial("open", calendar, put("jam_kerja.ramadan", WEEK)),
    "jam_kerja.periode_ramadan": Trial("open", calendar, put("jam_kerja.periode_ramadan", [])),
    "jam_kerja.cuti_bersama_libur": Trial(
        "open", calendar, put("jam_kerja.cuti_bersama_libur", False)
    ),
    **{
        f"jam_kerja.{name}[].{key}": Trial(
            "open", look, put(f"jam_kerja.{name}[0].{key}", value), before=own(name)
        )
        for name in (FREE, WORKED)
        for look, key, value in (
            (days, "tanggal", date(2026, 12, 12)), (days, "nama", "Lain"), (days, "dasar", None),
        )
    },
    "pengingat[].untuk_menit_min": Trial(
        "ordered", reminders, put("pengingat[1].untuk_menit_min", 90)
    ),
    "pengingat[].kirim_pada": Trial("ordered", reminders, put("pengingat[1].kirim_pada", ["-5m"])),
    **{
        f"{LATE}.{key}": Trial("ordered", reminders, put(f"{LATE}.{key}", "+7m"))
        for key in ("ke_pelaku", "eskalasi_1", "eskalasi_2", "tanda_terima")
    },
    f"{LATE}.ulang_harian": Trial("handed_out", digest, put(f"{LATE}.ulang_harian", "buka+5m")),
    f"{LATE}.keberatan": Trial("ordered", objection, put(f"{LATE}.keberatan", "+60m")),
    "kategori[].min": Trial("handed_out", rekap, put("kategori[0].min", 99)),
    "kategori[].nama": Trial("handed_out", rekap, put("kategori[0].nama", "Istimewa")),
    "rata_rata": Trial("handed_out", rekap, put("rata_rata", "dibatasi_100")),
    "rumus_negatif": Trial("handed_out", rekap, put("rumus_negatif", "rasio")),
    "sla_kembali": Trial("ordered", returned, put("sla_kembali", "separuh")),
    "nomor.agenda": Trial("open", sheet, put("nomor.agenda", NUMBER)),
    "nomor.disposisi": Trial("open", findings, put("nomor.disposisi", NUMBER)),
    "nomor.notulen": Trial("ordered", letters, put("nomor.notulen", None)),
    "nomor.rekap": Trial("closing", signed, put("nomor.rekap", NUMBER)),
    "nomor.klas_bawaan": Trial("closing", signed, put("nomor.klas_bawaan", {"rekap": "000.9"})),
    f"{SHEET}.kertas": Trial("open", sheet, put(f"{SHEET}.kertas", "A5")),
    f"{SHEET}.kepala": Trial("open", sheet, put(f"{SHEET}.kepala", ["surat_dari", "hal"])),
    f"{SHEET}.sifat": Trial("open", sheet, put(f"{SHEET}.sifat", ["Biasa", "Rahasia"])),
    f"{SHEET}.harap": Trial("open", sheet, put(f"{SHEET}.harap", ["Proses lebih lanjut"])),
    f"{USUAL}.surat_dari": Trial("open", sheet, put(f"{USUAL}.surat_dari", "Kepala Dinas")),
    f"{USUAL}.nomor_surat": Trial("open", sheet, put(f"{USUAL}.nomor_surat", "internal")),
    f"{USUAL}.hal": Trial("open", sheet, put(f"{USUAL}.hal", "{nama}")),
    f"{USUAL}.harap": Trial("open", sheet, put(f"{USUAL}.harap", ["Untuk diketahui"])),
    f"{USUAL}.arahan": Trial("open", sheet, put(f"{USUAL}.arahan", "Segera.")),
    f"{SHEET}.rantai_paraf": Trial(
        "open", sheet, put(f"{SHEET}.rantai_paraf", ["kepala_dinas", "sekretaris"])
    ),
    "penutup.aktif": Trial("open", acts, put("penutup.aktif", False)),
    "cadangan.pukul": Trial("open", backup_hour, put("cadangan.pukul", "20.00")),
    **{
        f"cadangan.{key}": Trial("open", backups_kept, put(f"cadangan.{key}", 2))
        for key in ("simpan_harian", "simpan_mingguan", "simpan_bulanan")
    },
}  # fmt: skip


def tried(stage: Stage, trial: Trial, *changes: Callable[[Document], Any]) -> Any:
    document = copy.deepcopy(SHIPPED)
    for change in changes:
        change(document)
    text = yaml.safe_dump(document)
    office = Office.parse(text, "kantor.yaml")
    book = read_book(office, None)
    kantor = stage(trial.stage)
    kantor.setting = Setting(
        office, book, calendar_of(office, 2026), "sigap_contoh_bot", showing()
    )
    (kantor.folder / "kantor.yaml").write_text(text, "utf-8")
    return trial.look(kantor)


def test_every_key_is_tried() -> None:
    assert sorted(TRIALS) == sorted(leaves(Office))


@pytest.mark.parametrize("key", TRIALS)
def test_a_key_is_obeyed(stage: Stage, key: str) -> None:
    trial = TRIALS[key]

    before = tried(stage, trial, trial.before)
    after = tried(stage, trial, trial.before, trial.change)

    assert before == tried(stage, trial, trial.before)
    assert before != after
