"""What texts must keep to, whatever people have written: lengths, escapes, no gap.

The stories' office holds each message to it as it shows it: once for arguments of one shape.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from bot.wording.wording import Wording
from flows.model.messages import Button
from tests.bot.screen import seen
from tests.sentences import faults

Json = Mapping[str, Any]
Shape = tuple[object, ...]

LONGEST_TEXT, LONGEST_CAPTION, LONGEST_LABEL, LONGEST_TOAST = 4096, 1024, 60, 200
# With each value at its longest at once, more than a caption: the words then follow their file.
ALL_AT_ONCE = 256
# These come with a file whose caption they are; others may follow their file.
WITH_FILE = {
    "tugas_isi", "tugas_isi_kembali", "tugas_rapat", "tugas_rekap", "tugas_paraf",
    "tugas_tanda_tangan", "tugas_validasi", "tugas_sanggah", "tugas_putusan", "berkas_ditolak",
    "berkas_lain", "grup_selesai", "rekap", "disposisi", "notulen", "notulen_diperbaiki",
    "notulen_semua", "sop", "arsip", "rekap_gambar", "tugas_teruskan", "verifikasi_diubah",
    "status_gambar",
}  # fmt: skip
GAPS = re.compile(r"None|Undefined|\{\{|\{%|  \n|\n\n\n|’|(?<!Sel )\bE\d\d\b")
TYPED = ("{{", "{%")
EVIL = '<b onclick="x">&amp; "Nama" </pre>'
PLAIN = re.compile(r"[\d.,:/%+−-]*|\d{4}-\d\d-\d\dT.*")
CHOSEN = {
    "hasil", "keadaan", "tanda", "status", "putusan", "tindakan", "jenis", "kode_aturan", "x_what",
    "x_reason", "key", "label", "perintah", "mampu", "kerja",
}  # fmt: skip
# As long as people can make them; all else keeps its length.
LONGEST = {
    "catatan": 1000, "jawaban": 1000, "alasan": 1000, "sanggahan": 1000, "keterangan": 2000,
    "sumber": 2000, "bukti": 2000, "arahan": 300, "waktu": 200, "uraian": 200, "indikator": 200,
    "nama": 120, "pegawai": 120, "judul": 128, "berkas": 120, "jabatan": 100, "peserta": 120,
    "menunggu": 120, "sop": 60, "peran": 60, "penerima": 60, "format": 60, "kolom": 60,
    "hasil_rapat": 1000, "satuan": 30, "sheet": 31, "value": 40, "nilai": 40, "x_expected": 200,
    "x_found": 40, "sapaan": 9,
}  # fmt: skip
MOST = {
    "unit": 12, "unit_terdampak": 12, "unit_tujuan": 12, "tanpa_unit": 12, "dilewati": 12,
    "papan": 12, "kantor": 9, "rangkap": 12, "jabatan": 8, "paraf": 3, "perhatian": 60, "ada": 5,
}  # fmt: skip
FIXED_LISTS = {
    "per_kategori", "langkah", "tanda", "perintah", "berwenang", "contoh", "mampu", "kerja",
}  # fmt: skip

_held: set[Shape] = set()


_own: list[Wording] = []


def words() -> Wording:
    return _own[-1] if _own else _shipped()


@cache
def _shipped() -> Wording:
    return Wording()


@contextmanager
def spoken_by(own: Wording) -> Iterator[None]:
    """What is shown meanwhile is held to an office's own texts."""
    _own.append(own)
    yield
    _own.remove(own)


def hold_message(key: str, args: Json, rows: Sequence[Sequence[Button]] = ()) -> None:
    """Raises where it cannot be worded, or where longer values or other signs would break it."""
    text = words().say(key, args, rows).text
    for button in (button for row in rows for button in row):
        if not _is_known(f"tombol.{button.key}", button.args):
            hold_label(button)
    if _is_known(f"pesan.{key}", args):
        return
    shown = seen(text)
    assert shown, f"pesan.{key} says nothing"
    gap = GAPS.search(shown)
    # Braces may be what somebody has typed.
    is_typed = gap is not None and gap[0] in TYPED and gap[0] in str(args)
    assert gap is None or is_typed, f"pesan.{key} has a gap: {shown}"
    assert text == text.strip()
    assert not (wrong := list(faults(text))), f"pesan.{key}: {wrong}"
    long = length(words().say(key, stretched(args)).text)
    limit = LONGEST_CAPTION + ALL_AT_ONCE if key in WITH_FILE else LONGEST_TEXT
    assert long <= limit, f"pesan.{key} can have {long} characters, more than {limit}"
    poison = words().say(key, poisoned(args)).text
    assert "<b onclick" not in poison, f"pesan.{key} takes a value for HTML"
    assert seen(poison)


def hold_toast(key: str, args: Json) -> None:
    if _is_known(f"toast.{key}", args):
        assert words().toast(key, args)
        return
    text = words().toast(key, stretched(args))
    assert 0 < len(text) <= LONGEST_TOAST
    assert "<" not in text, f"toast.{key} is plain text"


def hold_label(button: Button) -> None:
    long = button._replace(args=stretched(button.args))
    markup = words().say("tanya_sop", {}, ((long,),)).markup
    assert markup is not None
    label = markup[0][0]["text"]
    assert 0 < len(label) <= LONGEST_LABEL
    assert button.label or "<" not in label, f"tombol.{button.key} is plain text"


def length(text: str) -> int:
    return len(seen(text).encode("utf-16-le")) // 2


def stretched(value: Any, name: str = "") -> Any:
    """The same arguments as long as they can get: 60 rows, 12 units, 120 characters a name."""
    match value:
        case Mapping():
            is_notes = name == "catatan_baris"
            return {k: stretched(part, "catatan" if is_notes else k) for k, part in value.items()}
        case list() | tuple() if value and name not in FIXED_LISTS:
            item = name if name in ("peserta", "menunggu", "jabatan") else "kode"
            most = MOST.get(name, 60)
            return [
                part if isinstance(part, list | tuple) else stretched(part, item)
                for part in (list(value) * most)[:most]
            ]
        case str() if value and name in LONGEST and name not in CHOSEN:
            return (value + " panjang" * 300)[: max(LONGEST[name], len(value))]
        case _:
            return value


def poisoned(value: Any, name: str = "") -> Any:
    match value:
        case Mapping():
            return {key: poisoned(part, key) for key, part in value.items()}
        case list() | tuple():
            return [poisoned(part, name) for part in value]
        case str() if value and name not in CHOSEN and not PLAIN.fullmatch(value):
            return EVIL
        case _:
            return value


def _is_known(name: str, args: Json) -> bool:
    shape = (name, _shape(args))
    is_known = shape in _held
    _held.add(shape)
    return is_known


def _shape(value: Any, name: str = "") -> object:
    """What a template can tell apart: which values there are, and what is chosen of a few."""
    match value:
        case Mapping():
            return frozenset((key, _shape(part, key)) for key, part in value.items())
        case list() | tuple():
            return frozenset(_shape(part, name) for part in value)
        case str() if name in CHOSEN:
            return value
        case bool() | None:
            return value
        case _:
            return bool(value)
