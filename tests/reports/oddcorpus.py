"""The filled form as other programs write it: parts renamed, repacked, rewritten or left out.

`CASES` holds name -> (edit of the parts, what must become of it): the figure of KBK-03 where the
file is taken whole, else the code of its finding or the reason why it cannot be read.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping

Parts = dict[str, bytes]
Edit = Callable[[Parts], Parts]
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FIGURE = re.compile(rb'<c r="I12"([^>]*?)(?: t="n")?><v>[^<]*</v></c>')


def unpacked(workbook: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


class _Pipe(io.RawIOBase):
    """Takes bytes and cannot go back, as when a workbook is written to a network."""

    def __init__(self) -> None:
        self.taken = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        self.taken += bytes(content)  # type: ignore[call-overload]
        return len(bytes(content))  # type: ignore[call-overload]


def streamed(parts: Parts) -> bytes:
    pipe = _Pipe()
    with zipfile.ZipFile(io.BufferedWriter(pipe), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return bytes(pipe.taken)


def zip64(parts: Parts) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(content)
    return buffer.getvalue()


def twice(parts: Parts) -> bytes:
    buffer = io.BytesIO(packed(parts))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(SHEET.upper(), parts[SHEET])
    return buffer.getvalue()


def cell(written: bytes) -> Edit:
    """I12 written in another way; {a} stands for its style."""

    def edit(parts: Parts) -> Parts:
        found = FIGURE.search(parts[SHEET])
        assert found is not None
        with_style = written.replace(b"{a}", found[1])
        return {**parts, SHEET: parts[SHEET].replace(found[0], with_style)}

    return edit


def replaced(part: str, old: bytes, new: bytes) -> Edit:
    return lambda parts: {**parts, part: parts[part].replace(old, new)}


def without(part: str) -> Edit:
    return lambda parts: {name: held for name, held in parts.items() if name != part}


def further(name: str, content: bytes) -> Edit:
    return lambda parts: {**parts, name: content}


def in_utf16(parts: Parts) -> Parts:
    text = parts[SHEET].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return {**parts, SHEET: text.encode("utf-16")}


def named(old: str, new: str) -> Edit:
    return lambda parts: {name.replace(old, new): held for name, held in parts.items()}


def strict(parts: Parts) -> Parts:
    return {name: held.replace(MAIN, STRICT) for name, held in parts.items()}


CASES: Mapping[str, tuple[Edit, str]] = {
    "shared formula": (
        cell(b'<c r="I12"{a}><f t="shared" ref="I12:I13" si="0">3900+12</f><v>3912</v></c>'),
        "3912",
    ),
    "array formula": (
        cell(b'<c r="I12"{a}><f t="array" ref="I12">SUM({3900,12})</f><v>3912</v></c>'),
        "3912",
    ),
    "formula that gives text": (
        cell(b'<c r="I12" t="str"><f>TEXT(3912,"0")</f><v>3912</v></c>'),
        "3912",
    ),
    "formula that gives an error": (
        cell(b'<c r="I12" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
        "E04",
    ),
    "formula without a value": (cell(b'<c r="I12"{a}><f>A1</f></c>'), "E04"),
    "rich text with a reading aid": (
        cell(
            b'<c r="I12" t="inlineStr"><is><r><t>3.9</t></r><r><rPr><b/></rPr><t>12</t></r>'
            b'<rPh sb="0" eb="1"><t>zzz</t></rPh></is></c>'
        ),
        "3912",
    ),
    "text of a formula's kind": (cell(b'<c r="I12" t="str"><v>3.912</v></c>'), "3912"),
    "a date in ISO form": (cell(b'<c r="I12" t="d"><v>2026-09-30T00:00:00</v></c>'), "E04"),
    "spaces around a number": (cell(b'<c r="I12"{a}><v> 3912 </v></c>'), "3912"),
    "an empty value": (cell(b'<c r="I12"{a}><v></v></c>'), "E03"),
    "a number with an exponent": (cell(b'<c r="I12"{a}><v>3.912E3</v></c>'), "3912"),
    "a cell twice": (
        cell(b'<c r="I12"{a}><v>3912</v></c><c r="I12"><v>1</v></c>'),
        "rows_unordered",
    ),
    "a reference with dollars": (cell(b'<c r="$I$12"><v>3912</v></c>'), "rows_unordered"),
    "dates since 1904": (replaced(BOOK, b"<workbookPr", b'<workbookPr date1904="1"'), "3912"),
    "a byte order mark": (lambda p: {**p, SHEET: b"\xef\xbb\xbf" + p[SHEET]}, "3912"),
    "sheet in utf-16": (in_utf16, "3912"),
    "comments within the sheet": (
        replaced(SHEET, b"<sheetData>", b"<!-- a --><?pi b?><sheetData>"),
        "3912",
    ),
    "no theme": (without("xl/theme/theme1.xml"), "3912"),
    "no properties": (without("docProps/core.xml"), "3912"),
    "no styles": (without("xl/styles.xml"), "broken"),
    "no relations of the workbook": (without(RELATIONS), "broken"),
    "no content types": (without("[Content_Types].xml"), "broken"),
    "a wrong content type": (
        replaced("[Content_Types].xml", b"spreadsheetml.worksheet+xml", b"drawing+xml"),
        "3912",
    ),
    "relative targets": (replaced(RELATIONS, b'Target="/xl/', b'Target="'), "3912"),
    "backslashes for slashes": (named("xl/", "xl\\"), "broken"),
    "capitals in a part's name": (named("sheet1.xml", "Sheet1.XML"), "broken"),
    "strict everywhere": (strict, "strict"),
    "leavings of a Mac": (further("__MACOSX/._x", b"\0\5"), "3912"),
    "a thumbnail": (further("docProps/thumbnail.jpeg", b"\xff\xd8"), "3912"),
    "an embedded object": (further("xl/embeddings/oleObject1.bin", b"x" * 1000), "3912"),
    "a query": (further("xl/connections.xml", b"<connections/>"), "3912"),
    "an absolute path": (further("/etc/x.xml", b"<a/>"), "broken"),
    "a custom part": (further("customXml/item1.xml", b"<a/>"), "3912"),
    "names that lead nowhere": (
        replaced(
            BOOK,
            b"</sheets>",
            b'</sheets><definedNames><definedName name="x">#REF!</definedName></definedNames>',
        ),
        "3912",
    ),
}
REPACKED: Mapping[str, tuple[Callable[[Parts], bytes], str]] = {
    "stored without packing": (lambda p: packed(p, zipfile.ZIP_STORED), "3912"),
    "packed by bzip2": (lambda p: packed(p, zipfile.ZIP_BZIP2), "broken"),
    "packed on its way": (streamed, "3912"),
    "zip64": (zip64, "3912"),
    "an entry twice": (twice, "broken"),
    "folders as entries": (lambda p: packed({"xl/": b"", **p}), "3912"),
    "zeros behind": (lambda p: packed(p) + bytes(100), "3912"),
    "rubbish before": (lambda p: b"rubbish" + packed(p), "not_workbook"),
}


def content(name: str, workbook: bytes) -> bytes:
    parts = unpacked(workbook)
    if name in REPACKED:
        return REPACKED[name][0](parts)
    return packed(CASES[name][0](parts))


EXPECTED = {name: expected for name, (_, expected) in (*CASES.items(), *REPACKED.items())}
