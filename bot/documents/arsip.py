"""Archives (/arsip): ZIP files with everything of a perintah and a SHA256SUMS file."""

import asyncio
import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.documents.paper import Paper, drawn, evidence_name
from bot.resources import Resources
from flows.figures.shown import label_of
from flows.forms.numbers import format_plain
from flows.model.messages import Attachment
from flows.model.perintah import Data, Perintah
from flows.office.people import Roster
from flows.papers.catalogue import line_of
from flows.papers.facts import Issue
from flows.papers.filing import kop
from flows.papers.letter_facts import ArchivedFile, DaftarPeriksa
from reports.workbooks.tables import TextTable
from storage.reading.queries import Queries
from storage.reading.record import Kept, RawEntry
from storage.record.proofs import chain_name

MOST_BYTES = 45 * 10**6
UNSAFE = re.compile(r"[^\w.() -]+")
READ_ME = """\
Arsip perintah No. {nomor}. Pemeriksaan dengan alat baku saja:

1. Keutuhan berkas:  sha256sum -c SHA256SUMS
2. Rantai jejak:     setiap baris jejak.jsonl memuat prev_hash, body, dan hash;
   hash = SHA-256(prev_hash + body), dan prev_hash = hash baris sebelumnya (baris pertama: 64 nol).
   hash = SHA-256(prev_hash + body), dan prev_hash = hash baris sebelumnya
   (baris pertama: 64 angka nol).
   Pada arsip sebagian (satu unit) jejak.jsonl hanya memuat baris unit itu.
3. Kode dokumen pada kaki halaman = delapan angka pertama SHA-256 data dokumen itu.
"""

Rendition = Callable[[Attachment], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Record:
    """The content of an archive, read in one transaction; empty `units` means all units."""

    perintah: Perintah
    roster: Roster
    kept: tuple[Kept, ...]
    entries: tuple[RawEntry, ...]
    units: tuple[str, ...]
    made_at: datetime

    def holds(self, unit: str | None) -> bool:
        return not self.units or unit in self.units


@dataclass(frozen=True, slots=True)
class Entry:
    """A file within the ZIP."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


async def archive_of(
    resources: Resources, rendition: Rendition, attachment: Attachment
) -> tuple[Paper, ...]:
    record = await resources.read(lambda queries: _read(attachment, queries))
    files = resources.store.files
    entries: list[Entry] = []
    for dokumen in record.perintah.dokumen:
        line = line_of(dokumen.kind)
        is_in = line.is_archived and record.holds(dokumen.unit)
        unit = f"_{dokumen.unit}" if dokumen.unit else ""
        name = f"{dokumen.kind}/{dokumen.kind}{unit}_v{dokumen.version}_{dokumen.seq}"
        for form in line.formats if is_in else ():
            wanted = Attachment("dokumen", "", form, record.perintah.id, dokumen.seq)
            content = files.path(await rendition(wanted)).read_bytes()
            entries.append(Entry(f"{name}.{form}", content))
    made = await asyncio.to_thread(_rest, resources, record)
    parts = tuple(in_parts(_distinct([*entries, *made])))
    return await asyncio.to_thread(_zipped, resources, record, attachment.name, parts)


def _read(attachment: Attachment, queries: Queries) -> Record:
    perintah = queries.orders.get(attachment.perintah_id)
    return Record(
        perintah,
        queries.office.roster(),
        queries.record.kept_files(perintah.id),
        queries.record.raw_entries(chain_name(perintah.id)),
        tuple(attachment.data["unit"]),
        datetime.fromisoformat(str(attachment.data["saat"])),
    )


def _rest(resources: Resources, record: Record) -> list[Entry]:
    """Entries beside the papers: data by version, evidence, the record, instructions."""
    entries = [
        _data(resources, record, data) for data in record.perintah.data if record.holds(data.unit)
    ]
    for kept in record.kept:
        if record.holds(kept.unit) and resources.store.files.has(kept.sha256):
            content = resources.store.files.path(kept.sha256).read_bytes()
            name = _kept_name(record, kept, content)
            entries.append(Entry(f"bukti/{kept.unit or 'kantor'}/{name}", content))
    told = [entry for entry in record.entries if record.holds(json.loads(entry.body)["unit"])]
    entries.append(Entry("jejak.jsonl", "".join(map(_line, told)).encode()))
    entries.append(Entry("jejak.xlsx", _events(resources, record, told)))
    read_me = READ_ME.format(nomor=record.perintah.nomor)
    return [*entries, Entry("BACA_SAYA.txt", read_me.encode())]


def _kept_name(record: Record, kept: Kept, content: bytes) -> str:
    """The file name; evidence is named after all rows it belongs to, as in the chat."""
    if not kept.is_evidence:
        return _safe(kept.name)
    same = (k for k in record.kept if k.is_evidence and k.file == kept.file)
    codes = list(dict.fromkeys(k.kode for k in same))
    return evidence_name(label_of(codes), kept.name, content)


def _line(entry: RawEntry) -> str:
    told = {"chain": entry.chain, "seq": entry.seq, "at": entry.at.isoformat(), "body": entry.body}
    told |= {"prev_hash": entry.prev_hash, "hash": entry.hash, "seal": entry.seal}
    return json.dumps(told, ensure_ascii=False) + "\n"


def _data(resources: Resources, record: Record, data: Data) -> Entry:
    columns = (
        ("Kode", 10.0), ("Realisasi", 14.0), ("Sumber Data", 30.0), ("Bukti Dukung", 30.0),
        ("Keterangan", 40.0), ("Diisi oleh", 26.0),
    )  # fmt: skip
    rows = tuple(
        (
            row.kode,
            "n/a"
            if row.is_na
            else format_plain(row.realisasi)
            if row.realisasi is not None
            else "",
            row.sumber,
            row.bukti,
            row.keterangan,
            _name(record.roster, row.filled_by),
        )
        for row in data.rows
    )
    name = f"{data.unit}_v{data.version}"
    content = _text_table(resources, data.made_at, TextTable(name, columns, rows))
    return Entry(f"data/{name}.xlsx", content)


def _events(resources: Resources, record: Record, entries: Iterable[RawEntry]) -> bytes:
    columns = (
        ("No", 6.0), ("Waktu (UTC)", 28.0), ("Peristiwa", 22.0), ("Tugas", 10.0), ("Unit", 8.0),
        ("Oleh", 28.0), ("Selaku", 20.0), ("Mandat", 12.0), ("Rincian", 50.0), ("Hash", 68.0),
    )  # fmt: skip
    rows = tuple(tuple(_event(record.roster, entry)) for entry in entries)
    return _text_table(resources, record.made_at, TextTable("Jejak", columns, rows))


def _event(roster: Roster, entry: RawEntry) -> Iterator[str]:
    told: dict[str, Any] = json.loads(entry.body)
    yield str(entry.seq)
    yield entry.at.isoformat()
    yield from (str(told[name] or "") for name in ("name", "tugas", "unit"))
    yield _name(roster, told["person_id"])
    yield from (str(told[name] or "") for name in ("role", "mandate"))
    yield json.dumps(told["data"], ensure_ascii=False)
    yield entry.hash


def _text_table(resources: Resources, made_at: datetime, table: TextTable) -> bytes:
    return drawn(lambda target: resources.workers.text_tables(target, made_at, (table,)))


def _name(roster: Roster, person_id: int | None) -> str:
    person = roster.person(person_id) if person_id else None
    return person.nama if person else "Sistem" if person_id is None else f"#{person_id}"


def _safe(name: str) -> str:
    """A sender's file name without path: it must not leave the folder of unpacking."""
    return UNSAFE.sub("_", Path(name).name).strip(". ")[:100] or "berkas"


def _distinct(entries: list[Entry]) -> Iterator[Entry]:
    """Entries without duplicates; a different file of the same name gets a number."""
    seen: dict[str, set[str]] = {}
    for entry in entries:
        known = seen.setdefault(entry.name, set())
        if entry.sha256 in known:
            continue
        known.add(entry.sha256)
        path = Path(entry.name)
        count = f"_{len(known)}" if len(known) > 1 else ""
        yield Entry(str(path.with_name(f"{path.stem}{count}{path.suffix}")), entry.content)


def in_parts(entries: Iterable[Entry], most: int = MOST_BYTES) -> Iterator[list[Entry]]:
    """Splits entries into ZIPs of at most `most` bytes; no file is divided."""
    part: list[Entry] = []
    size = 0
    for entry in entries:
        if part and size + len(entry.content) > most:
            yield part
            part, size = [], 0
        part.append(entry)
        size += len(entry.content)
    yield part


def _zipped(
    resources: Resources, record: Record, name: str, parts: tuple[list[Entry], ...]
) -> tuple[Paper, ...]:
    papers = []
    for number, part in enumerate(parts, 1):
        part = [*part, Entry("daftar_periksa.pdf", _checklist(resources, record, part))]
        sums = "".join(f"{entry.sha256}  {entry.name}\n" for entry in part)
        content = _zip(record.made_at, [*part, Entry("SHA256SUMS", sums.encode())])
        suffix = f"_bagian{number}dari{len(parts)}" if len(parts) > 1 else ""
        sha256 = resources.store.files.keep(content)
        papers.append(Paper(f"{name}{suffix}.zip", resources.store.files.path(sha256)))
    return tuple(papers)


def _zip(made_at: datetime, entries: Iterable[Entry]) -> bytes:
    with tempfile.TemporaryFile() as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry in entries:
                info = zipfile.ZipInfo(entry.name, made_at.timetuple()[:6])
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, entry.content)
        stream.seek(0)
        return stream.read()


def _checklist(resources: Resources, record: Record, entries: Iterable[Entry]) -> bytes:
    perintah = record.perintah
    sop = resources.setting.book.sop(perintah.sop, perintah.sop_version)
    facts = DaftarPeriksa(
        kop=kop(resources.setting.office),
        zona=resources.setting.calendar.zone.key,
        dibuat=record.made_at,
        sop=sop.name,
        periode=perintah.period.label,
        perintah=perintah.nomor,
        bagian=", ".join(record.units),
        jejak=record.entries[-1].hash[:16] if record.entries else "",
        berkas=tuple(
            ArchivedFile(nama=e.name, ukuran=len(e.content), sha256=e.sha256) for e in entries
        ),
    )
    paper, issue = resources.workers.paper, Issue(kode="", sha256="0" * 64)
    return drawn(lambda target: paper(target, "daftar_periksa", "pdf", facts.body(), issue))
