"""One perintah with its tugas, data, findings and papers, as plain values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

from flows.forms.form import Isian
from flows.model.addresses import Ref, ref_to, tugas_ref
from flows.model.empty import EMPTY
from flows.office.period import Period

TugasState = Literal["buka", "tahan", "selesai", "ulang", "batal"]
Status = Literal["berjalan", "menunggu", "selesai", "batal"]
Verdict = Literal["", "terbukti", "gugur", "selesai"]


# The `hindrance` value of a recorded act to which the official has objected.
DISPUTED = "keberatan"


class Tugas(NamedTuple):
    """One act of one step, for one unit (or the office) and one holder, in round n.

    `state`: buka = open; tahan = held while an objection is decided (its clock is stopped);
    selesai = done; ulang = done or open once, superseded by a return; batal = withdrawn.
    `minutes` is the standard granted in working minutes, None for an act without a standard;
    `person_id` is set for a Pelaksana's part, else the holder of the post (role, unit) acts.
    `opened_from` is the tugas whose end opened this one. `grants` counts how often its limit was
    moved; `pauses` do not count, and while `blocked_at` is set its clock is stopped. `wish` is
    what the holder asks of his superior; `recorded_by` the operator who recorded the act.
    """

    perintah_id: int
    seq: int
    act: str
    role: str
    unit: str | None
    round: int
    opened_at: datetime
    state: TugasState = "buka"
    person_id: int | None = None
    opened_by: int | None = None
    minutes: int | None = None
    clock_from: datetime | None = None
    due_at: datetime | None = None
    next_at: datetime | None = None
    reminded: tuple[str, ...] = ()
    received_at: datetime | None = None
    finished_at: datetime | None = None
    finished_by: int | None = None
    finished_as: str = ""
    is_own_work: bool = False
    outcome: str = ""
    note: str = ""
    codes: tuple[str, ...] = ()
    row_notes: Mapping[str, str] = EMPTY
    revision: int = 0
    opened_from: int | None = None
    grants: int = 0
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    blocked_at: datetime | None = None
    hindrance: str = ""
    wish: Mapping[str, Any] = EMPTY
    recorded_by: int | None = None

    @property
    def ref(self) -> str:
        return tugas_ref(self.perintah_id, self.seq)

    @property
    def is_open(self) -> bool:
        return self.state == "buka"


class Bagian(NamedTuple):
    """The rows for which a Pelaksana answers, and what he has filled in so far."""

    unit: str
    person_id: int
    codes: tuple[str, ...]
    rows: tuple[Isian, ...] = ()
    warnings: tuple[Mapping[str, Any], ...] = ()
    version: int = 0

    def row(self, kode: str) -> Isian | None:
        return next((row for row in self.rows if row.kode == kode), None)

    def with_row(self, isian: Isian) -> "Bagian":
        kept = tuple(row for row in self.rows if row.kode != isian.kode)
        return self._replace(rows=tuple(sorted((*kept, isian), key=lambda row: row.kode)))


class Data(NamedTuple):
    """A unit's rows in version n, frozen; a later version supersedes it."""

    unit: str
    version: int
    rows: tuple[Isian, ...]
    made_at: datetime
    made_by: int | None

    def row(self, kode: str) -> Isian | None:
        return next((row for row in self.rows if row.kode == kode), None)


class Temuan(NamedTuple):
    """A finding of the Kepala Dinas on one row, and what was found about it.

    terbukti: proven; gugur: dropped with its reason; selesai: of a former round, dealt with.
    """

    seq: int
    unit: str
    kode: str
    note: str
    verdict: Verdict = ""
    reason: str = ""
    evidence_wanted: str = ""
    objection: str = ""
    objection_files: tuple[str, ...] = ()
    objection_answer: str = ""


class Dokumen(NamedTuple):
    """A paper with its whole data: rendering reads nothing else.

    `sha256` is that of the canonical JSON of `data`; `code` its first eight digits for people.
    """

    seq: int
    kind: str
    unit: str | None
    version: int
    data: Mapping[str, Any]
    sha256: str
    made_at: datetime
    is_superseded: bool = False

    @property
    def code(self) -> str:
        return f"{self.sha256[:4]}-{self.sha256[4:8]}".upper()


class Perintah(NamedTuple):
    """One running SOP. `units` are those it waits for; `skipped` those it goes on without.

    `tugas` stand in the order of their numbers, which run from 1 without a gap.
    """

    id: int
    number: int
    year: int
    sop: str
    sop_version: int
    form: str
    period: Period
    units: tuple[str, ...]
    sifat: str
    arahan: str
    started_at: datetime
    issued_at: datetime
    issued_by: int
    target_at: datetime
    status: Status = "berjalan"
    finished_at: datetime | None = None
    parent_id: int | None = None
    analysis: str = ""
    rekap_version: int = 0
    round: int = 1
    skipped: Mapping[str, str] = EMPTY
    stop_reason: str = ""
    tugas: tuple[Tugas, ...] = ()
    bagian: tuple[Bagian, ...] = ()
    data: tuple[Data, ...] = ()
    temuan: tuple[Temuan, ...] = ()
    dokumen: tuple[Dokumen, ...] = ()

    @property
    def ref(self) -> str:
        return ref_to("perintah", self.id)

    @property
    def nomor(self) -> str:
        return f"{self.number:03d}/{self.year}"

    @property
    def open_tugas(self) -> tuple[Tugas, ...]:
        return tuple(tugas for tugas in self.tugas if tugas.is_open)

    def task(self, ref: str) -> Tugas | None:
        meant = Ref.read(ref)
        return self.numbered(meant.seq) if meant.perintah_id == self.id else None

    def numbered(self, seq: int) -> Tugas | None:
        return self.tugas[seq - 1] if 0 < seq <= len(self.tugas) else None

    def tasks(self, act: str, unit: str | None = None) -> tuple[Tugas, ...]:
        return tuple(t for t in self.tugas if t.act == act and t.unit == unit)

    def is_done(self, act: str, unit: str | None = None) -> bool:
        """Whether the act has been done and nothing of it is open or held."""
        states = {tugas.state for tugas in self.tasks(act, unit)}
        return "selesai" in states and not states & {"buka", "tahan"}

    def latest(self, unit: str, until: datetime | None = None) -> Data | None:
        """The unit's last version, or the last of those that there were at that moment."""
        known = (d for d in self.data if d.unit == unit and (until is None or d.made_at <= until))
        return max(known, key=lambda data: data.version, default=None)

    def parts(self, unit: str) -> tuple[Bagian, ...]:
        return tuple(part for part in self.bagian if part.unit == unit)

    def part(self, unit: str | None, person_id: int | None) -> Bagian | None:
        wanted = (unit, person_id)
        return next((p for p in self.bagian if (p.unit, p.person_id) == wanted), None)

    def paper(self, kind: str, unit: str | None = None) -> Dokumen | None:
        found = [d for d in self.dokumen if d.kind == kind and d.unit == unit]
        return max(found, key=lambda dokumen: dokumen.seq) if found else None

    def standing(self, unit: str | None = None) -> tuple[Temuan, ...]:
        """The findings of this round that were not dropped, of one unit or of all."""
        valid = (t for t in self.temuan if t.verdict in ("", "terbukti"))
        return tuple(t for t in valid if unit is None or t.unit == unit)

    @property
    def affected(self) -> tuple[str, ...]:
        """The units with a finding of this round that was not dropped."""
        return tuple(dict.fromkeys(temuan.unit for temuan in self.standing()))

    def with_tugas(self, tugas: Tugas) -> "Perintah":
        at = tugas.seq - 1
        return self._replace(tugas=(*self.tugas[:at], tugas, *self.tugas[at + 1 :]))

    def with_part(self, part: Bagian) -> "Perintah":
        wanted = (part.unit, part.person_id)
        kept = tuple(p for p in self.bagian if (p.unit, p.person_id) != wanted)
        return self._replace(bagian=(*kept, part))

    def with_data(self, data: Data) -> "Perintah":
        return self._replace(data=(*self.data, data))

    def with_finding(self, temuan: Temuan) -> "Perintah":
        kept = tuple(temuan if t.seq == temuan.seq else t for t in self.temuan)
        known = any(t.seq == temuan.seq for t in self.temuan)
        return self._replace(temuan=kept if known else (*kept, temuan))
