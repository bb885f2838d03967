"""What a file is by its first bytes, whatever its name says."""

from reports.reading.refusals import Reason

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
_HTML = ("<!doctype html", "<html", "<table", "<head", "<body", "<meta")


def is_zip(data: bytes) -> bool:
    return data[:2] == b"PK"


def foreign_kind(data: bytes) -> Reason:
    """The kind of a file that is no zip archive."""
    if not data.strip(b"\x00 \t\r\n"):
        return "empty"
    if data.startswith(_OLE):
        return "password" if _ENCRYPTED in data else "xls"
    for magic, reason in _MAGIC:
        if data.startswith(magic):
            return reason
    if (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[4:8] == b"ftyp":
        return "image"
    return _kind_of_text(data[:4096])


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
