"""Odd files as they come, made by script: each with what must become of it.

`REFUSED` holds name -> (bytes, reason); `ACCEPTED` holds name -> (bytes, text of cell I10).
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
ROOT_RELS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)
WORKBOOK_RELS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>"
)
WORKBOOK = (
    f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
    '<sheet name="KBK" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
STRINGS = (
    f'{HEAD}<sst xmlns="{MAIN}"><si><t>No</t></si><si><t>Kode</t></si>'
    "<si><t>Realisasi s.d. TW</t></si><si><t>KBK-01</t></si></sst>"
)
HEADER = (
    '<row r="9"><c r="A9" t="s"><v>0</v></c><c r="B9" t="s"><v>1</v></c>'
    '<c r="I9" t="s"><v>2</v></c></row>'
)
FIRST = '<c r="A10"><v>1</v></c><c r="B10" t="s"><v>3</v></c>'


def sheet(rows: str, before: str = "", after: str = "") -> str:
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{HEADER}{rows}</sheetData>'
        f"{after}</worksheet>"
    )


def realisasi(cell: str) -> str:
    """A sheet of one row whose realisasi is the given cell."""
    return sheet(f'<row r="10">{FIRST}{cell}</row>')


GOOD_SHEET = realisasi('<c r="I10"><v>60.48</v></c>')


def package(changes: Mapping[str, str | bytes | None] | None = None) -> bytes:
    """A small right workbook with parts replaced, added or (None) left out."""
    parts: dict[str, str | bytes | None] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT_RELS,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": WORKBOOK_RELS,
        "xl/sharedStrings.xml": STRINGS,
        "xl/worksheets/sheet1.xml": GOOD_SHEET,
    }
    parts |= changes or {}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def zipped(parts: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_sheet(xml: str | bytes) -> bytes:
    return package({"xl/worksheets/sheet1.xml": xml})


def with_blank_rows(number: int) -> bytes:
    blank = (f'<row r="{n}" s="1" customFormat="1" ht="15"/>' for n in range(11, number + 11))
    return with_sheet(sheet(f'<row r="10">{FIRST}<c r="I10"><v>5</v></c></row>{"".join(blank)}'))


def _ole(*streams: str) -> bytes:
    return OLE + b"".join(name.encode("utf-16-le") for name in streams) + OLE


# Beside an open workbook: the length of a name, the name, blanks; then the same in two bytes each.
OWNER = b"\x0bContoh Pega" + b" " * 43 + b"\x0b\x00" + "Contoh Pega".ljust(54).encode("utf-16-le")


def _lying_size() -> bytes:
    """A part that says it unpacks to a kilobyte and holds a hundred thousand times that."""
    data = bytearray(package({"xl/worksheets/sheet1.xml": b"<" * 50_000_000}))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(mark)
        while at >= 0:
            if int.from_bytes(data[at + offset : at + offset + 4], "little") == 50_000_000:
                data[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
            at = data.find(mark, at + 4)
    return bytes(data)


def _doubled_name() -> bytes:
    buffer = io.BytesIO(package())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("XL/workbook.xml", WORKBOOK)
    return buffer.getvalue()


def _flagged() -> bytes:
    """The zip's own password flag on its first entry."""
    data = bytearray(package())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(mark) + offset] |= 1
    return bytes(data)


def _flipped() -> bytes:
    data = bytearray(package({"xl/media/image1.png": bytes(range(256)) * 20}))
    at = data.find(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 20] = b"\xff" * 20
    return bytes(data)


def _many_sheets() -> dict[str, str | bytes | None]:
    numbers = range(1, 102)
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in numbers)
    return {"xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{sheets}</workbook>'}


def _rows(count: int) -> str:
    return "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(10, 10 + count))


def _wide(columns: int) -> str:
    cells = "<c><v>1</v></c>" * columns
    return f'<row r="10">{cells}</row>'


def _laughs() -> str:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    return f'{HEAD}<!DOCTYPE x [{entities}]><worksheet xmlns="{MAIN}">&a9;</worksheet>'


def _deep() -> str:
    depth = 5000
    return sheet("", after="<extLst>" * depth + "</extLst>" * depth)


def _visible(state: str) -> dict[str, str | bytes | None]:
    return {"xl/workbook.xml": WORKBOOK.replace('sheetId="1"', f'sheetId="1" state="{state}"')}


_XXE = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet xmlns="{MAIN}"/>'
_MACRO_TYPES = CONTENT_TYPES.replace("spreadsheetml.sheet.main", "sheet.macroEnabled.main")
_STRICT = WORKBOOK.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
_FAR = sheet(f'<row r="10">{FIRST}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
_UNORDERED = sheet(
    '<row r="12"><c r="A12"><v>3</v></c></row><row r="11"><c r="A11"><v>2</v></c></row>'
)
_BACKWARDS = sheet('<row r="10"><c r="B10"><v>1</v></c><c r="A10"><v>2</v></c></row>')
_MISPLACED = sheet('<row r="10"><c r="A11"><v>1</v></c></row>')
_HUGE_MERGE = '<mergeCells><mergeCell ref="A2000:XFD1048576"/></mergeCells>'
_WIDE_MERGE = '<mergeCells><mergeCell ref="A11:ZZ20000"/></mergeCells>'
_GAP = sheet(f'<row r="10">{FIRST}</row><row r="900"><c r="A900"><v>7</v></c></row>')

_REFUSED: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "only zero bytes": (lambda: b"\0" * 5000, "empty"),
    "six megabytes": (lambda: b"PK\x03\x04" + b"\0" * 6 * 2**20, "too_large"),
    "old xls": (lambda: OLE, "xls"),
    "bare biff": (lambda: b"\x09\x08\x10\x00" + b"\0" * 100, "xls"),
    "spreadsheet 2003 xml": (
        lambda: (
            b'<?xml version="1.0"?>\n'
            b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
        ),
        "xls",
    ),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le") + OLE, "password"),
    "zip password": (_flagged, "password"),
    "password and label": (
        lambda: _ole("EncryptedPackage", "StrongEncryptionDataSpace", "LabelInfo"),
        "password",
    ),
    "sensitivity label": (
        lambda: _ole("EncryptedPackage", "DRMEncryptedDataSpace", "LabelInfo"),
        "label",
    ),
    "label of an old xls": (lambda: _ole("\tDRMContent"), "label"),
    "owner file of Excel": (lambda: OWNER, "lock_file"),
    "lock of LibreOffice": (
        lambda: b",ani,pc-01,30.11.2026 15:00,file:///C:/LibreOffice/4;",
        "lock_file",
    ),
    "a million formatted blank rows": (lambda: with_blank_rows(1_000_000), "too_many_rows"),
    "ods": (
        lambda: package({"[Content_Types].xml": None, "mimetype": "x", "content.xml": "<a/>"}),
        "ods",
    ),
    "plain zip": (lambda: zipped({"data.csv": "Kode;Realisasi"}), "archive"),
    "bzip2": (lambda: b"BZh9" + b"\0" * 50, "archive"),
    "numbers of Apple": (lambda: zipped({"Index/Document.iwa": "x"}), "not_workbook"),
    "no content types": (lambda: package({"[Content_Types].xml": None}), "broken"),
    "two hundred thousand names": (
        lambda: package(
            {
                "xl/workbook.xml": WORKBOOK.replace(
                    "</sheets>",
                    f"</sheets><definedNames>{'<definedName/>' * 200_000}</definedNames>",
                )
            }
        ),
        "bomb",
    ),
    "two hundred thousand types": (
        lambda: package(
            {
                "[Content_Types].xml": CONTENT_TYPES.replace(
                    "</Types>", '<Default Extension="a" ContentType="b"/>' * 200_000 + "</Types>"
                )
            }
        ),
        "bomb",
    ),
    "three hundred thousand texts": (
        lambda: package(
            {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"<si/>" * 300_000}</sst>'}
        ),
        "bomb",
    ),
    "1e-400": (lambda: with_sheet(realisasi('<c r="I10"><v>1e-400</v></c>')), "bad_number"),
    "rar": (lambda: b"Rar!\x1a\x07\x00" + b"\0" * 50, "archive"),
    "csv": (lambda: b"Kode;Realisasi\nKBK-01;60,48\n", "csv"),
    "utf-16 csv": (lambda: "Kode\tRealisasi\nKBK-01\t60,48\n".encode("utf-16"), "csv"),
    "plain text": (lambda: b"Selamat pagi\n", "not_workbook"),
    "html": (lambda: b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table></html>", "html"),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3", "pdf"),
    "jpeg": (lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
    "heic": (lambda: b"\x00\x00\x00\x18ftypheic", "image"),
    "webp": (lambda: b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image"),
    "google shortcut": (
        lambda: b'{"url":"https://docs.google.com/x","doc_id":"1"}',
        "google_link",
    ),
    "word": (
        lambda: package(
            {"xl/workbook.xml": '<w:document xmlns:w="http://schemas.example.org/word"/>'}
        ),
        "not_workbook",
    ),
    "no main part": (lambda: package({"_rels/.rels": None}), "broken"),
    "xlsb": (
        lambda: package({"_rels/.rels": ROOT_RELS.replace("workbook.xml", "workbook.bin")}),
        "xlsb",
    ),
    "strict": (lambda: package({"xl/workbook.xml": _STRICT}), "strict"),
    "macro part": (lambda: package({"xl/vbaProject.bin": b"x"}), "macro"),
    "macro sheet": (lambda: package({"xl/macrosheets/sheet1.xml": "<a/>"}), "macro"),
    "macro type": (lambda: package({"[Content_Types].xml": _MACRO_TYPES}), "macro"),
    "truncated": (lambda: package()[:-300], "broken"),
    "flipped bits": (_flipped, "broken"),
    "doubled name": (_doubled_name, "broken"),
    "path upwards": (lambda: package({"../../x.xml": "<a/>"}), "broken"),
    "absolute path": (lambda: package({"/x.xml": "<a/>"}), "broken"),
    "sheet part missing": (lambda: package({"xl/worksheets/sheet1.xml": None}), "broken"),
    "broken xml": (lambda: with_sheet(GOOD_SHEET[:-20]), "broken"),
    "raw control character": (lambda: with_sheet(realisasi("<c><v>\x01</v></c>")), "broken"),
    "unknown encoding": (lambda: with_sheet(GOOD_SHEET.replace("UTF-8", "X-9")), "broken"),
    "bomb of zeros": (lambda: package({"xl/media/a.png": b"\0" * 70 * 2**20}), "bomb"),
    "bomb in two parts": (
        lambda: package({"a.bin": b"\0" * 50 * 2**20, "b.bin": b"\0" * 50 * 2**20}),
        "bomb",
    ),
    "lying size": (_lying_size, "broken"),
    "long attribute": (
        lambda: with_sheet(f'<worksheet xmlns="{MAIN}" x="{">" * 40_000_000}"/>'),
        "bomb",
    ),
    "long comment": (
        lambda: with_sheet(f'<worksheet xmlns="{MAIN}"><!--{"<" * 20_000_000}--></worksheet>'),
        "bomb",
    ),
    "long text": (
        lambda: with_sheet(realisasi(f'<c t="str"><v>{"x" * 3_000_000}</v></c>')),
        "bomb",
    ),
    "too deep": (lambda: with_sheet(_deep()), "bomb"),
    "six hundred entries": (lambda: package({f"x{n}.bin": "" for n in range(600)}), "bomb"),
    "five million elements": (lambda: with_sheet(sheet("<row/>" * 5_000_000)), "bomb"),
    "billion laughs": (lambda: with_sheet(_laughs()), "doctype"),
    "external entity": (lambda: with_sheet(_XXE), "doctype"),
    "doctype in utf-16": (lambda: with_sheet(_XXE.encode("utf-16")), "doctype"),
    "last cell of all": (lambda: with_sheet(_FAR), "far_cell"),
    "sixteen thousand columns": (lambda: with_sheet(sheet(_wide(16_000))), "far_cell"),
    "thirty thousand rows": (lambda: with_sheet(sheet(_rows(30_000))), "far_cell"),
    "two hundred thousand rows": (lambda: with_sheet(sheet(_rows(200_001))), "too_many_cells"),
    "a hundred and one sheets": (lambda: package(_many_sheets()), "too_many_sheets"),
    "rows out of order": (lambda: with_sheet(_UNORDERED), "rows_unordered"),
    "cells out of order": (lambda: with_sheet(_BACKWARDS), "rows_unordered"),
    "cell of another row": (lambda: with_sheet(_MISPLACED), "rows_unordered"),
    "merged without end": (lambda: with_sheet(sheet("", after=_HUGE_MERGE)), "merge"),
    "merged over all": (lambda: with_sheet(sheet("", after=_WIDE_MERGE)), "merge"),
    "a gap of 800 rows": (lambda: with_sheet(_GAP), "far_cell"),
    "negative shared string": (
        lambda: with_sheet(realisasi('<c r="I10" t="s"><v>-1</v></c>')),
        "shared_index",
    ),
    "shared string too far": (
        lambda: with_sheet(realisasi('<c r="I10" t="s"><v>4</v></c>')),
        "shared_index",
    ),
    "nan": (lambda: with_sheet(realisasi('<c r="I10"><v>NaN</v></c>')), "bad_number"),
    "infinity": (lambda: with_sheet(realisasi('<c r="I10"><v>INF</v></c>')), "bad_number"),
    "1e999": (lambda: with_sheet(realisasi('<c r="I10"><v>1e999</v></c>')), "bad_number"),
    "1_0": (lambda: with_sheet(realisasi('<c r="I10"><v>1_0</v></c>')), "bad_number"),
    "letters in a number": (
        lambda: with_sheet(realisasi('<c r="I10"><v>abc</v></c>')),
        "bad_number",
    ),
    "four thousand digits": (
        lambda: with_sheet(realisasi(f'<c r="I10"><v>{"9" * 4000}</v></c>')),
        "bad_number",
    ),
    "only hidden sheets": (lambda: package(_visible("hidden")), "no_sheet"),
    "style that does not exist": (
        lambda: with_sheet(realisasi('<c r="I10" s="999"><v>1</v></c>')),
        "broken",
    ),
    "one long text everywhere": (
        lambda: package(
            {
                "xl/sharedStrings.xml": STRINGS.replace("KBK-01", "x" * 30_000),
                "xl/worksheets/sheet1.xml": sheet(
                    "".join(
                        f'<row r="{n}"><c r="A{n}" t="s"><v>3</v></c></row>'
                        for n in range(10, 10_010)
                    )
                ),
            }
        ),
        "too_much_text",
    ),
}


def _inline(text: str) -> str:
    return realisasi(f'<c r="I10" t="inlineStr"><is>{text}</is></c>')


_PREFIXED = GOOD_SHEET.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
_ROWS_BLANK = sheet(
    f'<row r="10">{FIRST}<c r="I10"><v>5</v></c></row>' + '<row ht="15"/>' * 400_000
)
_ERROR_BEHIND = package(
    {
        "[Content_Types].xml": CONTENT_TYPES.replace(
            "</Types>",
            '<Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        ),
        "xl/workbook.xml": WORKBOOK.replace(
            "</sheets>", '<sheet name="Coretan" sheetId="2" r:id="rId3"/></sheets>'
        ),
        "xl/_rels/workbook.xml.rels": WORKBOOK_RELS.replace(
            "</Relationships>",
            f'<Relationship Id="rId3" Type="{REL}/worksheet" Target="worksheets/sheet2.xml"/>'
            "</Relationships>",
        ),
        "xl/worksheets/sheet2.xml": _FAR,
    }
)

_ACCEPTED: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "plain": (package, "60.48"),
    "seventeen digits as Excel writes them": (
        lambda: with_sheet(realisasi('<c r="I10"><v>64.799999999999997</v></c>')),
        "64.8",
    ),
    "a tenth": (lambda: with_sheet(realisasi('<c r="I10"><v>0.1</v></c>')), "0.1"),
    "1e300": (lambda: with_sheet(realisasi('<c r="I10"><v>1e300</v></c>')), "1E+300"),
    "inline text": (lambda: with_sheet(_inline("<t>3.912</t>")), "3.912"),
    "rich text joined": (
        lambda: with_sheet(_inline("<r><t>3.9</t></r><r><t>12</t></r>")),
        "3.912",
    ),
    "error cell": (
        lambda: with_sheet(realisasi('<c r="I10" t="e"><v>#DIV/0!</v></c>')),
        "#DIV/0!",
    ),
    "a label that encrypts nothing": (
        lambda: package({"docMetadata/LabelInfo.xml": '<labelList xmlns="urn:x"/>'}),
        "60.48",
    ),
    "boolean": (lambda: with_sheet(realisasi('<c r="I10" t="b"><v>1</v></c>')), "TRUE"),
    "formula with value": (
        lambda: with_sheet(realisasi('<c r="I10"><f>3900+12</f><v>3912</v></c>')),
        "3912",
    ),
    "formula without value": (lambda: with_sheet(realisasi('<c r="I10"><f>A10</f></c>')), ""),
    "escaped bell": (lambda: with_sheet(_inline("<t>a_x0007_b</t>")), "a\ufffdb"),
    "escaped line break": (lambda: with_sheet(_inline("<t>a_x000D_\nb</t>")), "a\nb"),
    "escaped half of a pair": (lambda: with_sheet(_inline("<t>_xD83D_</t>")), "\ufffd"),
    "text that was typed like an escape": (
        lambda: with_sheet(_inline("<t>_x005F_x0007_</t>")),
        "_x0007_",
    ),
    "forty thousand characters": (
        lambda: with_sheet(_inline(f"<t>{'y' * 40_000}</t>")),
        "y" * 4000,
    ),
    "emoji and right to left": (
        lambda: with_sheet(_inline("<t>👍 \u202eabc</t>")),
        "👍 \u202eabc",
    ),
    "formula injection as text": (
        lambda: with_sheet(_inline("<t>=cmd|' /C'!A0</t>")),
        "=cmd|' /C'!A0",
    ),
    "stale dimension": (
        lambda: with_sheet(
            GOOD_SHEET.replace("<sheetData>", '<dimension ref="A1:B9"/><sheetData>')
        ),
        "60.48",
    ),
    "cells without references": (
        lambda: with_sheet(sheet(f"<row>{'<c/>' * 8}<c><v>60.48</v></c></row>")),
        "60.48",
    ),
    "prefixed namespace": (lambda: with_sheet(_PREFIXED.replace('xmlns="', 'xmlns:x="')), "60.48"),
    "four hundred thousand blank rows": (lambda: with_sheet(_ROWS_BLANK), "5"),
    "far empty styled cell": (
        lambda: with_sheet(
            sheet(
                f'<row r="10">{FIRST}<c r="I10"><v>5</v></c></row>'
                '<row r="99999"><c r="XFD99999"/></row>'
            )
        ),
        "5",
    ),
    "hidden row": (
        lambda: with_sheet(sheet(f'<row r="10" hidden="1">{FIRST}<c r="I10"><v>5</v></c></row>')),
        "5",
    ),
    "trouble on a further sheet only": (lambda: _ERROR_BEHIND, "60.48"),
    "no shared strings": (
        lambda: package(
            {
                "xl/sharedStrings.xml": None,
                "xl/worksheets/sheet1.xml": (
                    f'<worksheet xmlns="{MAIN}"><sheetData><row r="10"><c r="I10"><v>5</v></c>'
                    "</row></sheetData></worksheet>"
                ),
                "[Content_Types].xml": CONTENT_TYPES[: CONTENT_TYPES.rindex("<Override")]
                + "</Types>",
            }
        ),
        "5",
    ),
    "external link": (lambda: package({"xl/externalLinks/externalLink1.xml": "<a/>"}), "60.48"),
    "broken picture drawing": (lambda: package({"xl/drawings/vmlDrawing1.vml": "<br>"}), "60.48"),
}

REFUSED = {name: reason for name, (_, reason) in _REFUSED.items()}
ACCEPTED = {name: text for name, (_, text) in _ACCEPTED.items()}


def content(name: str) -> bytes:
    """The bytes of the file of that name."""
    build, _ = (_REFUSED | _ACCEPTED)[name]
    return build()


def noise(seed: int) -> bytes:
    """A right workbook with some bytes overwritten, the same for the same seed."""
    data = bytearray(package())
    state = zlib.crc32(seed.to_bytes(4, "little"))
    for _ in range(4):
        state = (state * 1103515245 + 12345) % 2**31
        data[state % len(data)] = (state >> 8) % 256
    return bytes(data)
