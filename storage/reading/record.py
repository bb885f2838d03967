"""Reads of the record: chain entries, papers with their files, proofs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from flows.model.addresses import ref_to
from flows.model.commands import Command, Said, Sent
from flows.model.conversation import Draft
from flows.model.events import Event
from flows.model.proof import FORMS, VERIFYING_DIALOG, Proof, claims, code_asked, is_question
from flows.model.proof import Entry as EntryProof
from flows.office.people import Person
from flows.office.period import Period
from storage.record.chain import Entry, entries
from storage.record.proofs import OFFICE
from storage.record.unit import Part, columns
from storage.record.verifying import Break, Verification
from storage.rows.mapping import filled, nomor_of
from storage.rows.record_tables import ChainRow, EventRow
from storage.rows.tables import BerkasRow, DokumenRow, PerintahRow, RenditionRow

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored file of the record."""

    sha256: str
    name: str
    size: int
    unit: str | None
    kode: str

    @property
    def is_evidence(self) -> bool:
        """Whether it is evidence of a row: no workbook, no proof of a recorded act ("catat:7")."""
        return bool(self.kode) and ":" not in self.kode

    @property
    def file(self) -> tuple[str, str, str | None]:
        return self.sha256, self.name, self.unit


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry of a chain as stored, with the hashes needed to check it."""

    chain: str
    seq: int
    at: datetime
    body: str
    prev_hash: str
    hash: str
    seal: str


class Record(Part):
    def rendition(self, perintah_id: int, seq: int, fmt: str) -> str | None:
        """The SHA-256 of the file made of a dokumen in that format."""
        row = self._session.get(RenditionRow, (perintah_id, seq, fmt))
        return row.sha256 if row else None

    def add_rendition(
        self, perintah_id: int, seq: int, fmt: str, sha256: str, now: datetime
    ) -> None:
        """Records the file of a dokumen as an event; does nothing for an equal file."""
        if self.rendition(perintah_id, seq, fmt) == sha256:
            return
        row = RenditionRow(
            perintah_id=perintah_id, seq=seq, format=fmt, sha256=sha256, made_at=now
        )
        self._session.merge(row)
        data = {"seq": seq, "format": fmt, "sha256": sha256}
        event = Event("DocumentIssued", perintah_id, mandate="sistem", data=data)
        self._unit.record(now, event)

    def proof_by_file(self, sha256: str) -> Proof | None:
        """The proof of a paper's file, by the SHA-256 of its bytes."""
        query = select(RenditionRow).where(col(RenditionRow.sha256) == sha256)
        row = self._session.exec(query.order_by(col(RenditionRow.seq))).first()
        if row is None:
            return None
        paper = self._session.get_one(DokumenRow, (row.perintah_id, row.seq))
        return self._proof(paper, is_exact=True)

    def proof_by_code(self, prefix: str) -> Proof | None:
        """The newest paper whose data hash begins with `prefix` (eight hexadecimal digits)."""
        start = prefix.lower()
        query = (
            select(DokumenRow)
            .where(col(DokumenRow.sha256) >= start, col(DokumenRow.sha256) < f"{start}g")
            .order_by(col(DokumenRow.made_at).desc(), col(DokumenRow.seq).desc())
        )
        paper = self._session.exec(query.limit(1)).first()
        return self._proof(paper, is_exact=False) if paper else None

    def entry_by_code(self, prefix: str) -> EntryProof | None:
        """The entry of a perintah whose hash begins with `prefix`; its whole chain is verified."""
        start = prefix.lower()
        query = (
            columns(EventRow, PerintahRow.number, PerintahRow.year)
            .join(PerintahRow, col(EventRow.chain) == "p" + cast(col(PerintahRow.id), String))
            .where(col(EventRow.hash) >= start, col(EventRow.hash) < f"{start}g")
        )
        row: Any = self._session.exec(query.order_by(col(EventRow.at).desc()).limit(1)).first()
        if row is None:
            return None
        is_whole = next(self.verification().breaks(row.chain), None) is None
        return filled(EntryProof, row, nomor=nomor_of(row), is_whole=is_whole)

    def entry_asked(self, command: Command, draft: Draft | None) -> EntryProof | None:
        """The entry that the words name by its code."""
        is_awaited = draft is not None and draft.dialog == VERIFYING_DIALOG
        if not isinstance(command, Said):
            return None
        code = code_asked(command, is_awaited=is_awaited)
        return self.entry_by_code(code) if code else None

    def proof_by_place(self, perintah_id: int, unit: str, kinds: tuple[str, ...]) -> Proof | None:
        """The newest form of a unit: a filled form names its perintah and unit."""
        paper = self._newest(perintah_id, unit, kinds)
        return self._proof(paper, is_exact=False) if paper else None

    def proof_asked(
        self, command: Command, draft: Draft | None, actor: Person | None
    ) -> Proof | None:
        """The paper a question is about; a file without a question only if its hash is known."""
        is_awaited = draft is not None and draft.dialog == VERIFYING_DIALOG
        if isinstance(command, Said):
            code = code_asked(command, is_awaited=is_awaited)
            return self.proof_by_code(code) if code else None
        if not isinstance(command, Sent) or not command.sha256:
            return None
        exact = self.proof_by_file(command.sha256)
        if exact is not None or not (is_awaited or actor is None or is_question(command)):
            return exact
        code, number, unit = claims(command)
        if code:
            return self.proof_by_code(code)
        return self.proof_by_place(int(number[:9]), unit, FORMS) if number else None

    def kept_files(self, perintah_id: int) -> tuple[Kept, ...]:
        query = select(BerkasRow).where(col(BerkasRow.perintah_id) == perintah_id)
        rows = self._session.exec(query.order_by(col(BerkasRow.id)))
        return tuple(filled(Kept, row) for row in rows)

    def kept_name(self, sha256: str, perintah_id: int) -> str:
        """The sender's name of a stored file of that perintah (0: of any); empty if unknown."""
        query = select(BerkasRow.name).where(col(BerkasRow.sha256) == sha256)
        if perintah_id:
            query = query.where(col(BerkasRow.perintah_id) == perintah_id)
        return self._session.exec(query.order_by(col(BerkasRow.id))).first() or ""

    def events(self, chain: str) -> tuple[Entry, ...]:
        return entries(self._session, chain)

    def verification(self) -> Verification:
        """Every entry of every chain against its hash, its place and (with a key) its seal;
        every covered row against its last proof."""
        return Verification(self._session, self._unit.key)

    def verify(self) -> tuple[Break, ...]:
        return tuple(self.verification().breaks())

    def raw_entries(self, chain: str) -> tuple[RawEntry, ...]:
        query = select(EventRow).where(col(EventRow.chain) == chain).order_by(col(EventRow.seq))
        return tuple(filled(RawEntry, row) for row in self._session.exec(query))

    def chain_heads(self) -> dict[str, str]:
        """The last hash of every chain."""
        return dict(self._session.exec(select(ChainRow.chain, ChainRow.hash)).all())

    def has_entry(self, prefix: str) -> str | None:
        """The chain with an entry whose hash begins with `prefix`, such as a witness."""
        start = prefix.lower()
        query = select(EventRow.chain).where(
            col(EventRow.hash) >= start, col(EventRow.hash) < f"{start}g"
        )
        return self._session.exec(query).first()

    def all_papers(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Every dokumen: its place ("p7-3"), its data and the stored hash."""
        order = (col(DokumenRow.perintah_id), col(DokumenRow.seq))
        for row in self._streamed(columns(DokumenRow).order_by(*order)):
            yield _place(row), row.data, row.sha256

    def all_files(self) -> Iterator[tuple[str, str]]:
        """Every stored file that the record names, with its SHA-256."""
        drawn = columns(RenditionRow).order_by(col(RenditionRow.perintah_id))
        for row in self._streamed(drawn):
            yield f"{_place(row)}.{row.format}", row.sha256
        for row in self._streamed(columns(BerkasRow).order_by(col(BerkasRow.id))):
            yield f"berkas {row.id}", row.sha256

    def approvals_on_record(self) -> frozenset[tuple[Any, Any, Any]]:
        """Person, mandate and fingerprint of each approval of an SOP."""
        is_one = col(EventRow.body).contains('"name":"SopApproved"')
        of_office = select(EventRow.body).where(col(EventRow.chain) == OFFICE, is_one)
        told = (json.loads(body) for body in self._session.exec(of_office))
        return frozenset(
            (one["person_id"], one["mandate"], one["data"]["sha256"])
            for one in told
            if one["name"] == "SopApproved"
        )

    def _streamed(self, query: Select[Any]) -> Iterator[Any]:
        return iter(self._session.exec(query.execution_options(yield_per=AT_ONCE)))

    def _proof(self, paper: DokumenRow, *, is_exact: bool) -> Proof:
        perintah = self._session.get_one(PerintahRow, paper.perintah_id)
        newest = self._newest(paper.perintah_id, paper.unit, (paper.kind,)) or paper
        return filled(
            Proof,
            paper,
            nomor=nomor_of(perintah),
            sop=perintah.sop,
            sop_version=perintah.sop_version,
            period=Period.parse(perintah.period),
            data=newest.data if newest.sha256 == paper.sha256 else paper.data,
            is_exact=is_exact,
            is_superseded=newest.sha256 != paper.sha256 or newest.is_superseded,
            newest_version=newest.version,
            replaced_by=self._replaced_by(paper, newest),
        )

    def _newest(
        self, perintah_id: int, unit: str | None, kinds: tuple[str, ...]
    ) -> DokumenRow | None:
        query = select(DokumenRow).where(
            col(DokumenRow.perintah_id) == perintah_id,
            col(DokumenRow.unit).is_not_distinct_from(unit),
            col(DokumenRow.kind).in_(kinds),
        )
        return self._session.exec(query.order_by(col(DokumenRow.seq).desc()).limit(1)).first()

    def _replaced_by(self, paper: DokumenRow, newest: DokumenRow) -> str:
        """The number of the correction whose rekap superseded this one, or empty."""
        if paper.kind != "rekap" or not newest.is_superseded:
            return ""
        query = select(PerintahRow).where(
            col(PerintahRow.parent_id) == paper.perintah_id, col(PerintahRow.status) == "selesai"
        )
        child = self._session.exec(query.order_by(col(PerintahRow.id).desc()).limit(1)).first()
        return nomor_of(child) if child else ""


def _place(paper: Any) -> str:
    return f"{ref_to('perintah', paper.perintah_id)}-{paper.seq}"
