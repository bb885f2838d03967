"""Tables of people, perintah, inbox, outbox and slots; no methods, no relationships."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from storage.rows.columns import DecimalText, Json, UtcDateTime, Values

IS_OPEN = sa.text("state = 'buka'")
OPEN: dict[str, Any] = {"sqlite_where": IS_OPEN, "postgresql_where": IS_OPEN}


def one_of(column: str, *allowed: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN {allowed!r}", name=f"known_{column}")


class PersonRow(SQLModel, table=True):
    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    nama: str
    nip: str | None = Field(default=None, unique=True)
    pangkat: str
    sapaan: str
    user_id: int | None = Field(default=None, unique=True, sa_type=sa.BigInteger)
    chat_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    is_reachable: bool = True
    is_proxied: bool = False
    salt: str | None = None


class PenugasanRow(SQLModel, table=True):
    """`is_listed`: it comes from a staff list, so a later list may end it."""

    __tablename__ = "penugasan"
    __table_args__ = (one_of("jenis", "definitif", "Plt", "Plh", "a.n"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str
    unit: str | None = None
    jabatan: str
    jenis: str
    mulai: date | None = None
    selesai: date | None = None
    surat: str
    is_listed: bool
    salt: str | None = None


class IndicatorRow(SQLModel, table=True):
    """`position` is the order in the list; `lowest` and `highest` are both set or both None."""

    __tablename__ = "indicator"

    year: int = Field(primary_key=True)
    kode: str = Field(primary_key=True)
    position: int
    unit: str
    sasaran: str
    indikator: str
    satuan: str
    arah: str
    frekuensi: str
    sifat: str
    desimal: int
    lowest: Decimal | None = Field(default=None, sa_type=DecimalText)
    highest: Decimal | None = Field(default=None, sa_type=DecimalText)
    target_tahun: Decimal = Field(sa_type=DecimalText)
    target_1: Decimal | None = Field(default=None, sa_type=DecimalText)
    target_2: Decimal | None = Field(default=None, sa_type=DecimalText)
    target_3: Decimal | None = Field(default=None, sa_type=DecimalText)
    target_4: Decimal | None = Field(default=None, sa_type=DecimalText)
    boleh_negatif: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    salt: str | None = None


class GroupRow(SQLModel, table=True):
    """The bound group; at most one row."""

    __tablename__ = "chat_group"

    chat_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    topic_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    title: str
    can_pin: bool


class InviteRow(SQLModel, table=True):
    __tablename__ = "invite"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    nama: str
    code_hash: str = Field(unique=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    claimed_user: int | None = Field(default=None, sa_type=sa.BigInteger)
    claimed_chat: int | None = Field(default=None, sa_type=sa.BigInteger)
    voided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MetaRow(SQLModel, table=True):
    __tablename__ = "meta"

    key: str = Field(primary_key=True)
    value: str


class CounterRow(SQLModel, table=True):
    """The last number given out under a name ("perintah", "nomor:2026")."""

    __tablename__ = "counter"

    name: str = Field(primary_key=True)
    value: int


class PerintahRow(SQLModel, table=True):
    __tablename__ = "perintah"
    __table_args__ = (
        one_of("status", "berjalan", "menunggu", "selesai", "batal"),
        sa.UniqueConstraint("year", "number", name="one_number_a_year"),
    )

    id: int = Field(primary_key=True)
    number: int
    year: int
    sop: str
    sop_version: int
    form: str
    period: str
    units: tuple[str, ...] = Field(sa_type=Values)
    sifat: str
    arahan: str
    started_at: datetime = Field(sa_type=UtcDateTime)
    issued_at: datetime = Field(sa_type=UtcDateTime)
    issued_by: int = Field(foreign_key="person.id")
    target_at: datetime = Field(sa_type=UtcDateTime)
    status: str
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    parent_id: int | None = Field(default=None, foreign_key="perintah.id")
    analysis: str
    rekap_version: int
    round: int
    skipped: dict[str, str] = Field(sa_type=Values)
    stop_reason: str = ""
    salt: str | None = None


class TugasRow(SQLModel, table=True):
    __tablename__ = "tugas"
    __table_args__ = (
        one_of("state", "buka", "tahan", "selesai", "ulang", "batal"),
        sa.Index("ix_tugas_owed", "next_at", **OPEN),
        sa.Index("ix_tugas_open", "perintah_id", **OPEN),
    )

    perintah_id: int = Field(primary_key=True, foreign_key="perintah.id")
    seq: int = Field(primary_key=True)
    act: str
    role: str
    unit: str | None = None
    round: int
    opened_at: datetime = Field(sa_type=UtcDateTime)
    state: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
    opened_by: int | None = Field(default=None, foreign_key="person.id")
    minutes: int | None = None
    clock_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    next_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reminded: tuple[str, ...] = Field(sa_type=Values)
    received_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_by: int | None = Field(default=None, foreign_key="person.id")
    finished_as: str
    is_own_work: bool
    outcome: str
    note: str
    codes: tuple[str, ...] = Field(sa_type=Values)
    row_notes: dict[str, str] = Field(sa_type=Values)
    revision: int
    opened_from: int | None = None
    grants: int = 0
    pauses: tuple[Any, ...] = Field(default=(), sa_type=Values)
    blocked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    hindrance: str = ""
    wish: dict[str, Any] = Field(default_factory=dict, sa_type=Values)
    recorded_by: int | None = Field(default=None, foreign_key="person.id")
    salt: str | None = None


class BagianRow(SQLModel, table=True):
    __tablename__ = "bagian"

    perintah_id: int = Field(primary_key=True, foreign_key="perintah.id")
    unit: str = Field(primary_key=True)
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    codes: tuple[str, ...] = Field(sa_type=Values)
    rows: tuple[Any, ...] = Field(sa_type=Values)
    warnings: tuple[Any, ...] = Field(sa_type=Values)
    version: int
    salt: str | None = None


class DataRow(SQLModel, table=True):
    __tablename__ = "data"

    perintah_id: int = Field(primary_key=True, foreign_key="perintah.id")
    unit: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    rows: tuple[Any, ...] = Field(sa_type=Values)
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by: int | None = Field(default=None, foreign_key="person.id")
    salt: str | None = None


class TemuanRow(SQLModel, table=True):
    __tablename__ = "temuan"
    __table_args__ = (one_of("verdict", "", "terbukti", "gugur", "selesai"),)

    perintah_id: int = Field(primary_key=True, foreign_key="perintah.id")
    seq: int = Field(primary_key=True)
    unit: str
    kode: str
    note: str
    verdict: str
    reason: str
    evidence_wanted: str
    objection: str
    objection_files: tuple[str, ...] = Field(sa_type=Values)
    objection_answer: str
    salt: str | None = None


class DokumenRow(SQLModel, table=True):
    __tablename__ = "dokumen"

    perintah_id: int = Field(primary_key=True, foreign_key="perintah.id")
    seq: int = Field(primary_key=True)
    kind: str
    unit: str | None = None
    version: int
    data: dict[str, Any] = Field(sa_type=Values)
    sha256: str = Field(index=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    is_superseded: bool
    salt: str | None = None


class RenditionRow(SQLModel, table=True):
    """The file made of a dokumen, one per format."""

    __tablename__ = "rendition"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["perintah_id", "seq"], ["dokumen.perintah_id", "dokumen.seq"], name="of_dokumen"
        ),
    )

    perintah_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    format: str = Field(primary_key=True)
    sha256: str = Field(index=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    salt: str | None = None


class BerkasRow(SQLModel, table=True):
    """A stored file of the record, with its perintah, unit, person and purpose."""

    __tablename__ = "berkas"

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(index=True)
    name: str
    size: int
    perintah_id: int = Field(foreign_key="perintah.id", index=True)
    unit: str | None = None
    kode: str
    person_id: int = Field(foreign_key="person.id")
    album: str = Field(default="", sa_column_kwargs={"server_default": ""})
    kept_at: datetime = Field(sa_type=UtcDateTime)
    salt: str | None = None


class RefusalRow(SQLModel, table=True):
    """The findings of the last refused file of a tugas, compared with the next file's."""

    __tablename__ = "refusal"
    __table_args__ = (
        sa.ForeignKeyConstraint(["perintah_id", "seq"], ["tugas.perintah_id", "tugas.seq"]),
    )

    perintah_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    findings: tuple[Any, ...] = Field(sa_type=Values)


class DraftRow(SQLModel, table=True):
    __tablename__ = "draft"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    dialog: str
    about: str
    slot: str
    started_at: datetime = Field(sa_type=UtcDateTime)
    answers: dict[str, Any] = Field(sa_type=Values)
    revision: int


class InboxRow(SQLModel, table=True):
    __tablename__ = "inbox"
    __table_args__ = (
        one_of("state", "new", "fetched", "ready", "done", "parked"),
        sa.UniqueConstraint("bot_id", "update_id", name="one_row_an_update"),
        sa.Index("ix_inbox_waiting", "state", "chat_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    bot_id: int = Field(sa_type=sa.BigInteger)
    update_id: int = Field(sa_type=sa.BigInteger)
    chat_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    raw: dict[str, Any] = Field(sa_type=Json)
    extra: dict[str, Any] = Field(sa_type=Json)
    state: str = Field(index=True)
    attempts: int = 0
    error: str = ""
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    received_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OutboxRow(SQLModel, table=True):
    """Rows of one `queue` are sent in order: those of a recipient, boards apart.

    `came_from` is the state before the claim: an uncertain row stays so until it is settled.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("kind", "message", "toast", "reaction", "board", "removal", "menu"),
        one_of(
            "state",
            *("pending", "sending", "sent", "uncertain", "dropped", "parked", "unreachable"),
        ),
        sa.Index("ix_outbox_waiting", "state", "queue", "id"),
        sa.Index("ix_outbox_slot", "slot", "recipient"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unique_key: str = Field(unique=True)
    recipient: str
    queue: str
    kind: str
    body: dict[str, Any] = Field(sa_type=Values)
    slot: str = ""
    about: str = ""
    perintah_id: int | None = None
    lane: int = 1
    state: str = "pending"
    came_from: str = "pending"
    attempts: int = 0
    error: str = ""
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    message_id: int | None = Field(default=None, sa_type=sa.BigInteger)


class SlotRow(SQLModel, table=True):
    """`shown` is a hash of the present content; an edit to the same content is left out."""

    __tablename__ = "slot"
    __table_args__ = (sa.Index("ix_slot_message", "chat_id", "message_id"),)

    name: str = Field(primary_key=True)
    recipient: str = Field(primary_key=True)
    about: str
    perintah_id: int | None = Field(default=None, index=True)
    is_live: bool
    has_file: bool = False
    chat_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    message_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    shown: str = ""
