"""Every table of the first version, and the triggers that keep the record as it was written."""

from functools import partial
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'buka'")
APPEND_ONLY = """
CREATE TRIGGER event_no_{word} BEFORE {word} ON event
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END
"""


def columns(kind: Any, *names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=null) for name in names]


words = partial(columns, sa.String())
json = partial(columns, sa.Text())
moment = partial(columns, sa.String(32))
decimal = partial(columns, sa.String(64))
whole = partial(columns, sa.Integer())
large = partial(columns, sa.BigInteger())
flag = partial(columns, sa.Boolean())
day = partial(columns, sa.Date())


def upgrade() -> None:
    record()
    chat_group()
    small_things()
    inbox()
    indicator()
    outbox()
    person()
    slot()
    draft()
    invite()
    penugasan()
    perintah()
    bagian()
    berkas()
    data()
    dokumen()
    temuan()
    tugas()
    rendition()
    for word in ("UPDATE", "DELETE"):
        op.execute(APPEND_ONLY.format(word=word))


def record() -> None:
    op.create_table(
        "chain", *words("chain"), *whole("seq"), *words("hash"), sa.PrimaryKeyConstraint("chain")
    )
    op.create_table(
        "event",
        *words("chain"),
        *whole("seq"),
        *moment("at"),
        *json("body"),
        *words("prev_hash", "hash", "seal"),
        sa.PrimaryKeyConstraint("chain", "seq"),
    )


def chat_group() -> None:
    op.create_table(
        "chat_group",
        *large("chat_id"),
        *large("topic_id", null=True),
        *words("title"),
        *flag("can_pin"),
        sa.PrimaryKeyConstraint("chat_id"),
    )


def small_things() -> None:
    op.create_table("counter", *words("name"), *whole("value"), sa.PrimaryKeyConstraint("name"))
    op.create_table("meta", *words("key", "value"), sa.PrimaryKeyConstraint("key"))
    op.create_table("sent_file", *words("sha256", "file_id"), sa.PrimaryKeyConstraint("sha256"))
    op.create_table(
        "wrong_code", *whole("id"), *large("user_id"), *moment("at"), sa.PrimaryKeyConstraint("id")
    )
    op.create_index("ix_wrong_code_user_id", "wrong_code", ["user_id"])


def inbox() -> None:
    op.create_table(
        "inbox",
        *whole("id"),
        *large("bot_id", "update_id"),
        *large("chat_id", null=True),
        *json("raw", "extra"),
        *words("state"),
        *whole("attempts"),
        *words("error"),
        *moment("not_before", null=True),
        *moment("received_at"),
        *moment("finished_at", null=True),
        sa.CheckConstraint(
            "state IN ('new', 'fetched', 'ready', 'done', 'parked')", name="known_state"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("bot_id", "update_id", name="one_row_an_update"),
    )
    op.create_index("ix_inbox_waiting", "inbox", ["state", "chat_id", "id"])


def indicator() -> None:
    op.create_table(
        "indicator",
        *whole("year"),
        *words("kode"),
        *whole("position"),
        *words("unit", "sasaran", "indikator", "satuan", "arah", "frekuensi", "sifat"),
        *whole("desimal"),
        *decimal("lowest", "highest", null=True),
        *decimal("target_tahun"),
        *decimal("target_1", "target_2", "target_3", "target_4", null=True),
        sa.PrimaryKeyConstraint("year", "kode"),
    )


def outbox() -> None:
    op.create_table(
        "outbox",
        *whole("id"),
        *words("unique_key", "recipient", "queue", "kind"),
        *json("body"),
        *words("slot", "about"),
        *whole("perintah_id", null=True),
        *whole("lane"),
        *words("state", "came_from"),
        *whole("attempts"),
        *words("error"),
        *moment("not_before", null=True),
        *moment("created_at"),
        *moment("sent_at", null=True),
        *large("message_id", null=True),
        sa.CheckConstraint(
            "kind IN ('message', 'toast', 'reaction', 'board', 'removal', 'menu')",
            name="known_kind",
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'uncertain', 'dropped', 'parked',"
            " 'unreachable')",
            name="known_state",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unique_key"),
    )
    op.create_index("ix_outbox_waiting", "outbox", ["state", "queue", "id"])


def person() -> None:
    op.create_table(
        "person",
        *whole("id"),
        *words("nama"),
        *words("nip", null=True),
        *words("pangkat", "sapaan"),
        *large("user_id", "chat_id", null=True),
        *flag("is_reachable"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("nip"),
        sa.UniqueConstraint("user_id"),
    )


def slot() -> None:
    op.create_table(
        "slot",
        *words("name", "recipient", "about"),
        *whole("perintah_id", null=True),
        *flag("is_live", "has_file"),
        *large("chat_id", "message_id", null=True),
        *words("shown"),
        sa.PrimaryKeyConstraint("name", "recipient"),
    )
    op.create_index("ix_slot_message", "slot", ["chat_id", "message_id"])
    op.create_index("ix_slot_perintah_id", "slot", ["perintah_id"])


def draft() -> None:
    op.create_table(
        "draft",
        *whole("person_id"),
        *words("dialog", "about", "slot"),
        *moment("started_at"),
        *json("answers"),
        *whole("revision"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("person_id"),
    )


def invite() -> None:
    op.create_table(
        "invite",
        *whole("id"),
        *whole("person_id", null=True),
        *words("nama", "code_hash"),
        *moment("made_at", "expires_at"),
        *moment("used_at", "voided_at", null=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_hash"),
    )
    op.create_index("ix_invite_person_id", "invite", ["person_id"])


def penugasan() -> None:
    op.create_table(
        "penugasan",
        *whole("id", "person_id"),
        *words("role"),
        *words("unit", null=True),
        *words("jabatan", "jenis"),
        *day("mulai", "selesai", null=True),
        *words("surat"),
        *flag("is_listed"),
        sa.CheckConstraint("jenis IN ('definitif', 'Plt', 'Plh')", name="known_jenis"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_penugasan_person_id", "penugasan", ["person_id"])


def perintah() -> None:
    op.create_table(
        "perintah",
        *whole("id", "number", "year"),
        *words("sop"),
        *whole("sop_version"),
        *words("form", "period"),
        *json("units"),
        *words("sifat", "arahan"),
        *moment("started_at", "issued_at"),
        *whole("issued_by"),
        *moment("target_at"),
        *words("status"),
        *moment("finished_at", null=True),
        *whole("parent_id", null=True),
        *words("analysis"),
        *whole("rekap_version", "round"),
        *json("skipped"),
        sa.CheckConstraint(
            "status IN ('berjalan', 'menunggu', 'selesai', 'batal')", name="known_status"
        ),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["parent_id"], ["perintah.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("year", "number", name="one_number_a_year"),
    )


def bagian() -> None:
    op.create_table(
        "bagian",
        *whole("perintah_id"),
        *words("unit"),
        *whole("person_id"),
        *json("codes", "rows", "warnings"),
        *whole("version"),
        sa.ForeignKeyConstraint(["perintah_id"], ["perintah.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("perintah_id", "unit", "person_id"),
    )


def berkas() -> None:
    op.create_table(
        "berkas",
        *whole("id"),
        *words("sha256", "name"),
        *whole("size", "perintah_id"),
        *words("unit", null=True),
        *words("kode"),
        *whole("person_id"),
        *moment("kept_at"),
        sa.ForeignKeyConstraint(["perintah_id"], ["perintah.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_berkas_perintah_id", "berkas", ["perintah_id"])
    op.create_index("ix_berkas_sha256", "berkas", ["sha256"])


def data() -> None:
    op.create_table(
        "data",
        *whole("perintah_id"),
        *words("unit"),
        *whole("version"),
        *json("rows"),
        *moment("made_at"),
        *whole("made_by", null=True),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["perintah_id"], ["perintah.id"]),
        sa.PrimaryKeyConstraint("perintah_id", "unit", "version"),
    )


def dokumen() -> None:
    op.create_table(
        "dokumen",
        *whole("perintah_id", "seq"),
        *words("kind"),
        *words("unit", null=True),
        *whole("version"),
        *json("data"),
        *words("sha256"),
        *moment("made_at"),
        *flag("is_superseded"),
        sa.ForeignKeyConstraint(["perintah_id"], ["perintah.id"]),
        sa.PrimaryKeyConstraint("perintah_id", "seq"),
    )
    op.create_index("ix_dokumen_sha256", "dokumen", ["sha256"])


def temuan() -> None:
    op.create_table(
        "temuan",
        *whole("perintah_id", "seq"),
        *words("unit", "kode", "note", "verdict", "reason", "evidence_wanted", "objection"),
        *json("objection_files"),
        *words("objection_answer"),
        sa.CheckConstraint(
            "verdict IN ('', 'terbukti', 'gugur', 'selesai')", name="known_verdict"
        ),
        sa.ForeignKeyConstraint(["perintah_id"], ["perintah.id"]),
        sa.PrimaryKeyConstraint("perintah_id", "seq"),
    )


def tugas() -> None:
    op.create_table(
        "tugas",
        *whole("perintah_id", "seq"),
        *words("act", "role"),
        *words("unit", null=True),
        *whole("round"),
        *moment("opened_at"),
        *words("state"),
        *whole("person_id", "opened_by", "minutes", null=True),
        *moment("clock_from", "due_at", "next_at", null=True),
        *json("reminded"),
        *moment("received_at", "finished_at", null=True),
        *whole("finished_by", null=True),
        *words("finished_as"),
        *flag("is_own_work"),
        *words("outcome", "note"),
        *json("codes", "row_notes"),
        *whole("revision"),
        sa.CheckConstraint(
            "state IN ('buka', 'tahan', 'selesai', 'ulang', 'batal')", name="known_state"
        ),
        sa.ForeignKeyConstraint(["finished_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["perintah_id"], ["perintah.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("perintah_id", "seq"),
    )
    op.create_index(
        "ix_tugas_open", "tugas", ["perintah_id"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index(
        "ix_tugas_owed", "tugas", ["next_at"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def rendition() -> None:
    op.create_table(
        "rendition",
        *whole("perintah_id", "seq"),
        *words("format", "sha256"),
        *moment("made_at"),
        sa.ForeignKeyConstraint(
            ["perintah_id", "seq"], ["dokumen.perintah_id", "dokumen.seq"], name="of_dokumen"
        ),
        sa.PrimaryKeyConstraint("perintah_id", "seq", "format"),
    )
    op.create_index("ix_rendition_sha256", "rendition", ["sha256"])
