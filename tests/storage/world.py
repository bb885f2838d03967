"""A small office for the tests of the store: fictional people, one perintah, short builders."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from flows.engine.commands import showing
from flows.forms.form import Indicator, Isian, Sheet
from flows.kinds.registry import TRAITS
from flows.model.changes import BindPerson, Decision
from flows.model.commands import Origin, Pressed, Said, Sent
from flows.model.conversation import Draft
from flows.model.perintah import Bagian, Data, Dokumen, Perintah, Temuan, Tugas
from flows.model.view import Setting
from flows.office.kantor import Office
from flows.office.people import Penugasan, Person
from flows.office.period import Period
from flows.sops.book import PACKAGED, SopBook
from storage.store import Store

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
KADIS, SEKRETARIS, KASUBAG, PELAKSANA, ADMIN = 1, 2, 3, 4, 5
STAFF = (
    ("Arman Toding", "197203051998031002", "kepala_dinas", None),
    ("Bertha Lumentut", "197506102000032003", "sekretaris", None),
    ("Chandra Mokoagow", "198001152005011004", "kasubag_perencanaan", None),
    ("Dewi Pratasik", "199002202015032005", "pelaksana", "DAL"),
    ("Edo Tumewu", None, "admin", None),
)


def setting() -> Setting:
    office = Office.parse((ROOT / "kantor.yaml").read_text("utf-8"), "kantor.yaml")
    book = SopBook.read([PACKAGED], office, TRAITS)
    return Setting(office, book, office.calendar({}), "sigap_uji_bot", showing())


def listed(
    nama: str, nip: str | None, role: str, unit: str | None, **rest: str
) -> tuple[Person, Penugasan]:
    return Person(0, nama, nip, "Penata"), Penugasan(0, 0, role, unit, "Jabatan", **rest)


def user(person_id: int) -> int:
    return 1000 + person_id


def take_staff(store: Store) -> None:
    with store.transaction() as tx:
        tx.people.take_staff([listed(*row) for row in STAFF], NOW)


def bind(store: Store, *person_ids: int) -> None:
    bind_to(store, {person_id: user(person_id) for person_id in person_ids})


def bind_to(store: Store, accounts: Mapping[int, int]) -> None:
    with store.transaction() as tx:
        invites = {person.id: code for person, code in tx.people.make_invites(NOW)}
        ids = {invite.person_id: invite.id for invite in tx.office.invites()}
        bound = [
            BindPerson(person_id, account, account, ids[person_id])
            for person_id, account in accounts.items()
            if person_id in invites
        ]
        tx.apply(Decision(changes=tuple(bound)), "bind", NOW)


def tugas(seq: int, **changes: object) -> Tugas:
    values = {"act": "2a", "role": "sekretaris", "unit": None, "round": 1, "opened_at": NOW}
    return Tugas(perintah_id=7, seq=seq, **{**values, **changes})


def perintah(perintah_id: int = 7, **changes: object) -> Perintah:
    values = {
        "number": perintah_id,
        "year": 2026,
        "sop": "PENGUMPULAN",
        "sop_version": 1,
        "form": "indikator",
        "period": Period(2026, 3),
        "units": ("DAL", "KBK"),
        "sifat": "Biasa",
        "arahan": "Mohon dilaksanakan.",
        "started_at": NOW,
        "issued_at": NOW,
        "issued_by": KADIS,
        "target_at": NOW + 48 * HOUR,
    }
    return Perintah(id=perintah_id, **{**values, **changes})


def isian(kode: str = "DAL-01", realisasi: str = "12.50") -> Isian:
    return Isian(kode, Decimal(realisasi), sumber="Laporan", filled_by=PELAKSANA, berkas="ab" * 32)


def full_perintah() -> Perintah:
    """With one of everything, every optional field set somewhere."""
    done = tugas(
        1,
        state="selesai",
        person_id=PELAKSANA,
        opened_by=KADIS,
        minutes=120,
        clock_from=NOW,
        due_at=NOW + HOUR,
        reminded=("50%",),
        received_at=NOW,
        finished_at=NOW + HOUR,
        finished_by=SEKRETARIS,
        finished_as="Plt",
        is_own_work=True,
        outcome="diteruskan",
        note="Catatan",
        codes=("DAL-01",),
        row_notes={"DAL-01": "periksa"},
        revision=3,
    )
    warning = {"code": "W03", "args": {"turun": Decimal("51.3")}}
    row = isian()
    return perintah(
        status="menunggu",
        finished_at=NOW + HOUR,
        analysis="Analisis",
        rekap_version=2,
        round=2,
        skipped={"KBK": "belum siap"},
        tugas=(done, tugas(2, next_at=NOW)),
        bagian=(Bagian("DAL", PELAKSANA, ("DAL-01",), (row,), (warning,), 1),),
        data=(Data("DAL", 1, (row,), NOW, PELAKSANA),),
        temuan=(Temuan(1, "DAL", "DAL-01", "keliru", "terbukti", "ya", "SK", "x", ("a",), "b"),),
        dokumen=(Dokumen(1, "rekap", None, 1, {"baris": ({"a": 1},)}, "cd" * 32, NOW, True),),
    )


def indicator(kode: str = "DAL-01", **changes: object) -> Indicator:
    values = {
        "unit": "DAL",
        "sasaran": "Sasaran",
        "indikator": "Indikator",
        "satuan": "%",
        "arah": "+",
        "frekuensi": "Triwulan",
        "sifat": "Kumulatif",
        "desimal": 2,
        "limits": (Decimal(0), Decimal("100.00")),
        "target_tahun": Decimal("12345678901234567.1234567891"),
        "targets": (Decimal("1.10"), None, Decimal(3), Decimal("4")),
    }
    return Indicator(kode=kode, **{**values, **changes})


def keep(store: Store, *values: Perintah) -> None:
    with store.transaction() as tx:
        tx.apply(Decision(perintah=values), "keep", NOW)


def keep_draft(store: Store, draft: Draft) -> None:
    with store.transaction() as tx:
        tx.apply(Decision(has_draft=True, draft=draft), "draft", NOW)


def origin(person_id: int = SEKRETARIS, **changes: object) -> Origin:
    values = {
        "key": "u1",
        "chat_id": user(person_id),
        "chat_kind": "private",
        "user_id": user(person_id),
        "sent_at": NOW,
    }
    return Origin(**{**values, **changes})


def said(text: str, person_id: int = SEKRETARIS, **changes: object) -> Said:
    return Said.read(origin(person_id, **changes), text)


def pressed(data: str, person_id: int = SEKRETARIS, **changes: object) -> Pressed:
    return Pressed.read(origin(person_id, **changes), "callback", data)


def sent(
    person_id: int = PELAKSANA, meta: dict[str, str] | None = None, **changes: object
) -> Sent:
    sheet = Sheet("Isian", (), meta) if meta else None
    return Sent(origin(person_id, **changes), "ab" * 32, "a.xlsx", 9, "document", sheet=sheet)
