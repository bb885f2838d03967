"""Checks of a file's raw bytes before any library opens it: its kind, and every known attack."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from flows.forms.form import Unreadable
from reports.reading.refusals import Reason, Refused
from reports.reading.sheetscan import MAX_ROWS, Cells, SheetFacts, SheetScan
from reports.reading.xml import (
    MAX_ELEMENTS,
    Budget,
    Contents,
    ContentTypes,
    Relations,
    SharedStrings,
    Walker,
)

MAX_SHEETS = 100
_MAGIC: tuple[tuple[bytes, Reason], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"\x09\x08", "xls"),
    (b"\x09\x04", "xls"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Rights of a sensitivity label; a label may also go with a password, and then that is asked for.
_RIGHTS = tuple(name.encode("utf-16-le") for name in ("DRMEncrypted", "DRMContent"))
_LABEL, _BY_PASSWORD = (name.encode("utf-16-le") for name in ("LabelInfo", "StrongEncryption"))
# Excel's own note of who has a file open: the length of the name, the name, blanks.
_OWNER_SIZE, _OWNER_NAME = 165, 54
_HTML = ("<!doctype html", "<html", "<table", "<head", "<body", "<meta")
_MACRO_PLACES = ("vbaproject", "xl/macrosheets/", "xl/activex/", "xl/intlmacrosheets/")
MAX_FILE = 5 * 2**20
MAX_ENTRIES = 500
MAX_PART = 64 * 2**20
MAX_TOTAL = 96 * 2**20
CHUNK = 64 * 2**10
LARGE_CHUNK = 2**20
_ROW = b"<row"
_ENCRYPTED_FLAG = 0x1


@contextmanager
def _broken(part: str) -> Iterator[None]:
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        KeyError,
        RuntimeError,
    ) as fault:
        raise Refused("broken", part=part) from fault


class Archive:
    """An opened zip that counts every byte it unpacks and stops at the limits."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
            raise Refused("broken", part="") from fault
        self._unpacked = 0
        self.names = self._checked_names()

    def close(self) -> None:
        self._zip.close()

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part's bytes, unpacked in pieces and counted: the declared size is not trusted."""
        size = 0
        with _broken(name), self._zip.open(name) as stream:
            while piece := stream.read(CHUNK):
                size += len(piece)
                self._unpacked += len(piece)
                if size > MAX_PART or self._unpacked > MAX_TOTAL:
                    raise Refused("bomb", part=name)
                yield piece

    def count(self, name: str, mark: bytes, most: int) -> int:
        """How often the part holds the mark; 0 for a small part, which is not even unpacked.

        Counting ends above `most`. It is many times faster than parsing: for what would be
        refused after much work.
        """
        if name not in self.names or self._zip.getinfo(name).file_size < MAX_ROWS * len(mark):
            return 0
        found = unpacked = 0
        with _broken(name), self._zip.open(name) as stream:
            while found <= most and unpacked <= MAX_PART and (piece := stream.read(LARGE_CHUNK)):
                found += piece.count(mark)
                unpacked += len(piece)
        return found

    def _checked_names(self) -> tuple[str, ...]:
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise Refused("bomb", part=f"{len(entries)}")
        seen: set[str] = set()
        for entry in entries:
            _check_entry(entry)
            if entry.filename.lower() in seen:
                raise Refused("broken", part=entry.filename)
            seen.add(entry.filename.lower())
        if sum(entry.file_size for entry in entries) > MAX_TOTAL:
            raise Refused("bomb", part=max(entries, key=lambda e: e.file_size).filename)
        return tuple(entry.filename for entry in entries if not entry.is_dir())


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise Refused("password")
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        raise Refused("broken", part=entry.filename)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("broken", part=entry.filename)


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """A workbook that may be opened: its worksheets in order, and whether it links elsewhere."""

    sheets: tuple[SheetFacts, ...]
    has_external_links: bool


def inspect(path: Path) -> WorkbookFacts | Unreadable:
    try:
        return _inspect(path)
    except Refused as refused:
        return refused.unreadable


def _inspect(path: Path) -> WorkbookFacts:
    if path.stat().st_size > MAX_FILE:
        raise Refused("too_large", limit=f"{MAX_FILE // 2**20}")
    data = path.read_bytes()
    if data[:2] != b"PK":
        raise Refused(_foreign_kind(data))
    archive = Archive(path)
    try:
        _check_names(archive.names)
        return _Look(archive).facts()
    finally:
        archive.close()


def _foreign_kind(data: bytes) -> Reason:
    """The kind of a file that is no zip archive."""
    if not data.strip(b"\x00 \t\r\n"):
        return "empty"
    if data.startswith(_OLE):
        return _ole_kind(data)
    if _is_owner_file(data):
        return "lock_file"
    for magic, reason in _MAGIC:
        if data.startswith(magic):
            return reason
    if (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[4:8] == b"ftyp":
        return "image"
    return _kind_of_text(data[:4096])


def _ole_kind(data: bytes) -> Reason:
    is_by_label = _LABEL in data and _BY_PASSWORD not in data
    if is_by_label or any(name in data for name in _RIGHTS):
        return "label"
    return "password" if _ENCRYPTED in data else "xls"


def _is_owner_file(data: bytes) -> bool:
    length = data[0]
    rest = data[1 + length : 1 + _OWNER_NAME]
    is_one = len(data) == _OWNER_SIZE and 0 < length <= _OWNER_NAME and not rest.strip(b"\x00 ")
    return is_one or _is_libreoffice_lock(data)


def _is_libreoffice_lock(data: bytes) -> bool:
    """One line: name, account, machine, moment, place, apart by commas and ended by ";"."""
    return len(data) < 1024 and data.endswith(b";") and data.count(b",") == 4 and b"file:" in data


def _kind_of_text(head: bytes) -> Reason:
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n").lower()
    if any(mark in text[:1024] for mark in _HTML):
        return "html"
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return "xls"
    if text.startswith("{") and "doc_id" in text:
        return "google_link"
    lines = [line for line in text.splitlines() if line.strip()]
    is_plain = "\x00" not in text and text.count("\ufffd") * 20 < len(text)
    if is_plain and len(lines) > 1 and any(mark in lines[0] for mark in ",;\t"):
        return "csv"
    return "not_workbook"


def _check_names(names: tuple[str, ...]) -> None:
    for name in names:
        if any(place in name.lower() for place in _MACRO_PLACES):
            raise Refused("macro", part=name)
    if "[Content_Types].xml" in names:
        return
    if "mimetype" in names and "content.xml" in names:
        raise Refused("ods")
    if "xl/workbook.xml" in names:
        raise Refused("broken", part="[Content_Types].xml")
    if any(name.endswith(".iwa") for name in names):  # Apple's Numbers
        raise Refused("not_workbook")
    raise Refused("archive")


class _Look:
    """One pass over all parts of an archive, the ones that name the others first."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._budget = Budget()
        self._walked: set[str] = set()

    def facts(self) -> WorkbookFacts:
        self._walk(ContentTypes("[Content_Types].xml", self._budget))
        sheets, strings = self._contents()
        has_media = any(name.startswith("xl/media/") for name in self._archive.names)
        cells = Cells(self._count_strings(strings), has_media=has_media)
        for facts in sheets:
            rows = self._archive.count(facts.part, _ROW, MAX_ELEMENTS)
            if rows > MAX_ELEMENTS:
                raise Refused("bomb", part=facts.part)
            if rows > MAX_ROWS:
                raise Refused("too_many_rows", sheet=facts.name, limit=f"{MAX_ROWS}")
        for facts in sheets:
            self._walk(SheetScan(facts, cells, self._budget))
        for name in self._archive.names:
            self._pass_over(name)
        links = any(name.lower().startswith("xl/externallinks/") for name in self._archive.names)
        return WorkbookFacts(tuple(sheets), links)

    def _contents(self) -> tuple[list[SheetFacts], str]:
        workbook = self._main_part()
        contents = Contents(workbook, self._budget)
        self._walk(contents)
        if not contents.is_workbook:
            raise Refused("not_workbook")
        if len(contents.sheets) > MAX_SHEETS:
            raise Refused("too_many_sheets", limit=f"{MAX_SHEETS}")
        folder, name = posixpath.split(workbook)
        relations = self._relations(f"{folder}/_rels/{name}.rels".lstrip("/"))
        strings = next((t for kind, t in relations.values() if kind == "sharedStrings"), "")
        found = (
            SheetFacts(name, _resolve(folder, relations[relation][1]), state)
            for name, state, relation in contents.sheets
            if relations.get(relation, ("", ""))[0] == "worksheet"
        )
        return list(found), _resolve(folder, strings) if strings else ""

    def _main_part(self) -> str:
        for kind, target in self._relations("_rels/.rels").values():
            if kind == "officeDocument":
                part = _resolve("", target)
                if part.endswith(".bin"):
                    raise Refused("xlsb")
                return part
        raise Refused("not_workbook")

    def _count_strings(self, part: str) -> int:
        if not part or part not in self._archive.names:
            return 0
        strings = SharedStrings(part, self._budget)
        self._walk(strings)
        return strings.count

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        relations = Relations(part, self._budget)
        self._walk(relations)
        return relations.targets

    def _walk(self, walker: Walker) -> None:
        if walker.part not in self._archive.names or walker.part in self._walked:
            raise Refused("broken", part=walker.part)
        self._walked.add(walker.part)
        walker.walk(self._archive.chunks(walker.part))

    def _pass_over(self, name: str) -> None:
        if name in self._walked:
            return
        if name.lower().endswith((".xml", ".rels")):
            self._walk(Walker(name, self._budget))
            return
        for _ in self._archive.chunks(name):
            pass


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))
