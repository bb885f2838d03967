"""A small office for unit tests of the rooms: ten people, one perintah, a turn over a view.

The settings are those of the shipped example. Nothing is stored and nothing is sent.
"""

from datetime import date, datetime
from functools import cache
from typing import Any

from flows.kinds.registry import KINDS
from flows.model.commands import Command, Origin, Sent, Ticked
from flows.model.conversation import Slot
from flows.model.perintah import Data, Dokumen, Perintah, Temuan, Tugas
from flows.model.view import Head, Setting, View
from flows.office.kantor import Incumbents
from flows.office.people import Penugasan, Person, Roster
from flows.office.period import Period
from flows.turn.turn import Turn
from tests.flows.sample import INDICATORS, isian_of
from tests.kantor import EXAMPLE, wita

# A Tuesday, half an hour after the office has opened.
NOW = wita(24, "08.00")
KADIS, SEKRETARIS, KASUBAG, HEAD, OTHER_HEAD = 1, 2, 3, 4, 5
COORDINATOR, FILLER, COLLEAGUE, ADMIN, OPERATOR = 6, 7, 8, 9, 10

NAMES = {
    KADIS: "Sari Contoh",
    SEKRETARIS: "Budi Contoh",
    KASUBAG: "Rina Contoh",
    HEAD: "Anton Contoh",
    OTHER_HEAD: "Dewi Contoh",
    COORDINATOR: "Gita Contoh",
    FILLER: "Hadi Contoh",
    COLLEAGUE: "Indah Contoh",
    ADMIN: "Joko Contoh",
    OPERATOR: "Lina Contoh",
}
POSTS = (
    Penugasan(1, KADIS, "kepala_dinas", None, "Kepala Dinas"),
    Penugasan(2, SEKRETARIS, "sekretaris", None, "Sekretaris"),
    Penugasan(3, KASUBAG, "kasubag_perencanaan", None, "Kasubag Perencanaan dan Evaluasi"),
    Penugasan(4, HEAD, "kepala_unit", "DAL", "Kepala Bidang Pengendalian Penduduk"),
    Penugasan(5, OTHER_HEAD, "kepala_unit", "PPR", "Kepala Bidang Pemberdayaan Perempuan"),
    Penugasan(6, COORDINATOR, "koordinator_data", "DAL", "Analis Data"),
    Penugasan(7, FILLER, "pelaksana", "DAL", "Pengelola Data"),
    Penugasan(8, COLLEAGUE, "pelaksana", "DAL", "Pengelola Program"),
    Penugasan(9, ADMIN, "admin", None, "Pranata Komputer"),
    Penugasan(10, OPERATOR, "operator", None, "Pengadministrasi Umum"),
)
PEOPLE = tuple(
    Person(number, name, None, "Penata (III/c)", is_bound=True) for number, name in NAMES.items()
)


@cache
def setting() -> Setting:
    return EXAMPLE.setting()


def roster(*further: Penugasan, without: int = 0) -> Roster:
    """The ten in their posts; `without`: the person whose own post is empty."""
    return Roster(PEOPLE, (*(p for p in POSTS if p.person_id != without), *further))


def acting(person_id: int, role: str, unit: str | None, jenis: Any, **rest: Any) -> Penugasan:
    return Penugasan(91, person_id, role, unit, "Pejabat sementara", jenis, **rest)


def task(act: str, role: str, unit: str | None = None, **rest: Any) -> Tugas:
    """An open tugas of round 1; `an_order` gives it its number."""
    begun: dict[str, Any] = {"round": 1, "opened_at": NOW, **rest}
    return Tugas(7, 0, act, role, unit, **begun)


def filling(**rest: Any) -> Tugas:
    """The filling of DAL by its Pelaksana: act 5, 480 minutes from NOW."""
    clock = {"minutes": 480, "clock_from": NOW, "due_at": wita(25, "08.30"), **rest}
    return task("5", "pelaksana", "DAL", **{"person_id": FILLER, **clock})


def an_order(*tugas: Tugas, sop: str = "PENGUMPULAN", **rest: Any) -> Perintah:
    """Perintah 007/2026 for TW III 2026 to DAL and PPR."""
    numbered = tuple(one._replace(seq=n) for n, one in enumerate(tugas, start=1))
    facts: dict[str, Any] = {
        "id": 7,
        "number": 7,
        "year": 2026,
        "sop": sop,
        "sop_version": 1,
        "form": "indikator",
        "period": Period(2026, 3),
        "units": ("DAL", "PPR"),
        "sifat": "Biasa",
        "arahan": "",
        "started_at": NOW,
        "issued_at": NOW,
        "issued_by": KADIS,
        "target_at": wita(30, "16.00"),
        "tugas": numbered,
    }
    return Perintah(**{**facts, **rest})


def data_of(unit: str, version: int = 1) -> Data:
    """The sample's figures of a unit, as it handed them in."""
    return Data(unit, version, isian_of(unit), NOW, HEAD)


def finding(kode: str, seq: int = 1, **rest: Any) -> Temuan:
    return Temuan(seq, kode[:3], kode, "Tidak sesuai laporan", **rest)


def a_paper(kind: str, seq: int, version: int, made_at: datetime = NOW) -> Dokumen:
    return Dokumen(seq, kind, None, version, {}, "ab12cd34" + "0" * 56, made_at)


def a_slot(name: str, person_id: int, *, about: str = "7-1", is_live: bool = True) -> Slot:
    return Slot(name, f"p{person_id}", about, is_live)


def a_file(sent_at: datetime = NOW, chat_id: int = 500) -> Sent:
    origin = Origin("in:1", chat_id, "private", 500, sent_at, message_id=44)
    return Sent(origin, "a" * 64, "data.xlsx", 1000, "document")


def head_of(perintah: Perintah) -> Head:
    """The perintah as it stands in a list."""
    one = perintah
    return Head(
        one.id, one.nomor, one.sop, one.period, one.form, one.status, one.parent_id, one.issued_at
    )


def a_turn(
    actor: int | None = None,
    perintah: Perintah | None = None,
    *,
    command: Command | None = None,
    now: datetime = NOW,
    people: Roster | None = None,
    **rest: Any,
) -> Turn:
    """A turn of `actor` (None: nobody known) over a view of the perintah; by the clock unless
    another command is given. `rest` are further fields of the view."""
    known = people or roster()
    day: date = now.astimezone(setting().calendar.zone).date()
    view = View(
        setting=setting(),
        roster=known,
        incumbents=Incumbents(setting().office, known, day),
        actor=known.person(actor) if actor is not None else None,
        perintah=perintah,
        indicators=INDICATORS,
        **rest,
    )
    return Turn(view, command or Ticked(7, "tick:1"), now, KINDS)
