"""Template filters: moments, figures, names and lists in formal Indonesian."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from flows.forms.numbers import format_number
from flows.office.calendar import zone_name
from flows.office.period import Period
from flows.text.durations import Spans
from flows.text.plain import cut, cut_words, within_sentence

DAYS_A_WEEK = 7
LONGEST_NAME, LONGEST_TITLE, LONGEST_TASK = 60, 80, 40
MOST_LISTED = 8
NIP_DIGITS, HIDDEN = 18, "*" * 8
KODE = re.compile(r"(.*?)(\d+)")
COUNT = re.compile(r"(?:Persentase|Jumlah) (?=\S)")
TITLE = re.compile(r",\s.*$")
PERIOD = re.compile(r"\d{4}-(?:TW[1-4]|TAHUN)")


class Kalender(BaseModel):
    """Names of days and months, from texts.yaml and not from the system's locale."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bulan: tuple[str, ...] = Field(min_length=12, max_length=12)
    bulan_pendek: tuple[str, ...] = Field(min_length=12, max_length=12)
    hari: tuple[str, ...] = Field(min_length=7, max_length=7)
    hari_pendek: tuple[str, ...] = Field(min_length=7, max_length=7)


@dataclass(frozen=True, slots=True)
class Moments:
    """Writes moments in office time; a moment given as text is ISO 8601 with its offset."""

    zone: ZoneInfo
    names: Kalender

    def saat(self, value: str | datetime) -> str:
        """Selasa, 24 November 2026 pukul 08.33 WITA"""
        zone = zone_name(self._local(value))
        return f"{self.hari(value)}, {self.tanggal(value)} pukul {self.jam(value)} {zone}".rstrip()

    def singkat(self, value: str | datetime) -> str:
        """Sel 24 Nov 08.33"""
        local = self._local(value)
        month = self.names.bulan_pendek[local.month - 1]
        return f"{self._short_day(local)} {local.day} {month} {local:%H.%M}"

    def papan(self, value: str | datetime, now: str | datetime) -> str:
        """Sel 08.33, as narrow as the board needs it; 24 Nov 08.33 where that could mislead."""
        local = self._local(value)
        if abs((local.date() - self._local(now).date()).days) < DAYS_A_WEEK:
            return f"{self._short_day(local)} {local:%H.%M}"
        return f"{local.day} {self.names.bulan_pendek[local.month - 1]} {local:%H.%M}"

    def tanggal(self, value: str | datetime) -> str:
        """24 November 2026"""
        local = self._local(value)
        return f"{local.day} {self.names.bulan[local.month - 1]} {local.year}"

    def hari_penuh(self, value: str) -> str:
        """Rab 25 Nov 2026, of a date without an hour."""
        day = date.fromisoformat(value)
        month = self.names.bulan_pendek[day.month - 1]
        return f"{self.names.hari_pendek[day.weekday()]} {day.day} {month} {day.year}"

    def tanggal_angka(self, value: str) -> str:
        """25-11-2026, as it would be typed, of a date without an hour."""
        return f"{date.fromisoformat(value):%d-%m-%Y}"

    def hari(self, value: str | datetime) -> str:
        return self.names.hari[self._local(value).weekday()]

    def jam(self, value: str | datetime) -> str:
        return f"{self._local(value):%H.%M}"

    def jam_pada(self, value: str | datetime, day: str | datetime) -> str:
        """08.33, or with its day if that is not the day of the other moment."""
        is_same = self._local(value).date() == self._local(day).date()
        return self.jam(value) if is_same else self.singkat(value)

    def contoh_saat(self, value: str | datetime) -> str:
        """24-11-2026 08.33, as it would be typed."""
        return f"{self._local(value):%d-%m-%Y %H.%M}"

    def _short_day(self, local: datetime) -> str:
        return self.names.hari_pendek[local.weekday()]

    def _local(self, value: str | datetime) -> datetime:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        if moment.tzinfo is None:
            raise ValueError(f"a moment needs its zone: {value!r}")
        return moment.astimezone(self.zone)


def filters(moments: Moments, spans: Spans) -> dict[str, Callable[..., str]]:
    """All filters by the names that texts.yaml uses."""
    of_moments = (
        "saat",
        "singkat",
        "papan",
        "tanggal",
        "hari_penuh",
        "hari",
        "jam",
        "jam_pada",
        "contoh_saat",
        "tanggal_angka",
    )
    others = (
        *(
            angka,
            persen,
            spans.menit,
            spans.beserta,
            spans.lama,
            orang,
            nama,
            yth,
            jabatan,
            pejabat,
            tugas,
            langkah,
            awal,
            daftar,
        ),
        *(rentang, samar, potong, nama_pendek, kutip, bertitik, kiri, kanan, rangkai, periode),
    )
    return {
        **{name: getattr(moments, name) for name in of_moments},
        **{each.__name__: each for each in others},
    }


def angka(value: int | str | Decimal, places: int | None = None) -> str:
    """2.055, or with two places 1.234,56; without `places` a whole number has none."""
    if places is None:
        places = 0 if isinstance(value, int) else 2
    return format_number(Decimal(value), places)


def persen(value: str | Decimal | None) -> str:
    """92,08%"""
    return "n/a" if value is None else f"{angka(value, 2)}%"


def nama(value: str) -> str:
    """A name without the titles behind it."""
    return cut(TITLE.sub("", value), LONGEST_NAME)


def orang(person: Mapping[str, Any]) -> str:
    """Ibu Wahyuni Tamali, with the mandate where it is not his own post (Plh. Kepala Dinas),
    and with the operator who recorded it, if any."""
    acting = f" ({cut(person['selaku'], LONGEST_NAME)})" if person.get("selaku") else ""
    hand = f" (dicatat oleh {nama(person['pencatat'])})" if person.get("pencatat") else ""
    return f"{person['sapaan']} {nama(person['nama'])}{acting}{hand}".strip()


def yth(person: Mapping[str, Any]) -> str:
    """Bapak Plt. Kepala Bidang Dalduk; whoever has no post of his own by his name."""
    if person["bernama"] and person["nama"]:
        return orang(person)
    return f"{person['sapaan']} {jabatan(person)}".strip()


def jabatan(person: Mapping[str, Any]) -> str:
    """Plt. Kepala Bidang Dalduk: the title of the staff list with its mandate. Messages of former
    versions name only the role and the unit."""
    acting = f"{person['jenis']}." if person.get("jenis") else ""
    title = person.get("jabatan") or f"{person.get('peran', '')} {person.get('unit') or ''}"
    return f"{acting} {cut_words(title, LONGEST_TITLE)}".strip()


def pejabat(person: Mapping[str, Any]) -> str:
    """Kepala Dinas, as one speaks of a superior; or Ibu Irma Balansa, who is called by name."""
    title = "" if person.get("bernama") else jabatan(person)
    hand = f" (dicatat oleh {nama(person['pencatat'])})" if person.get("pencatat") else ""
    return f"{title}{hand}" if title else orang(person)


def tugas(task: Mapping[str, Any]) -> str:
    """Rapat unit SEK: a task in a list."""
    return " ".join(part for part in (_short(task), task.get("unit")) if part)


def langkah(task: Mapping[str, Any]) -> str:
    """langkah 4 (rapat unit SEK), within a sentence; an act of no step by its name alone."""
    name, number = within_sentence(tugas(task)), task.get("langkah")
    if not number:
        return name
    return f"langkah {number} ({name})" if name else f"langkah {number}"


def awal(text: str) -> str:
    """Begins a sentence."""
    return f"{text[:1].upper()}{text[1:]}"


def daftar(values: Iterable[Any], most: int = MOST_LISTED, between: str = ", ") -> str:
    """The first `most` values and the number of those left out."""
    shown = [str(value) for value in values]
    rest = len(shown) - most
    listed = between.join(shown[:most])
    return f"{listed} … dan {rest} lainnya" if rest > 0 else listed


def rentang(codes: Sequence[str], most: int = MOST_LISTED) -> str:
    """KBK-01 s.d. KBK-07, KBK-09: three or more in a row are written as one."""
    runs: list[list[str]] = [[code] for code in codes[:1]]
    for before, code in pairwise(codes):
        if _follows(before, code):
            runs[-1].append(code)
        else:
            runs.append([code])
    parts: list[str] = []
    for run in runs:
        parts += [f"{run[0]} s.d. {run[-1]}"] if len(run) > 2 else run
    return daftar(parts, most)


def samar(nip: str) -> str:
    """********201001 2 001: a NIP without the date of birth that it begins with."""
    digits = "".join(character for character in nip if character.isdigit())
    if len(digits) != NIP_DIGITS:
        return HIDDEN
    return f"{HIDDEN}{digits[8:14]} {digits[14]} {digits[15:]}"


def potong(text: str, length: int) -> str:
    return cut(str(text), length)


def nama_pendek(text: str, length: int) -> str:
    """The name of an indicator in a list: what is cut off first is that it is a count."""
    found = COUNT.match(text) if len(text) > length else None
    if found is not None:
        text = text[found.end()].upper() + text[found.end() + 1 :]
    return cut_words(text, max(length, 1))


def kutip(text: str, length: int = 300) -> str:
    """“What somebody wrote, on one line.”"""
    return f"“{cut(str(text), length)}”"


def bertitik(text: str) -> str:
    """Ends what somebody wrote with a full stop, where another sentence follows."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def kiri(text: object, width: int) -> str:
    return str(text).ljust(width)


def kanan(text: object, width: int) -> str:
    return str(text).rjust(width)


def rangkai(parts: Iterable[str], width: int, between: str = "  ") -> str:
    """Side by side in monospace, in as many lines as the width asks for."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(between) + len(part) <= width:
            lines[-1] += f"{between}{part}"
        else:
            lines.append(part)
    return "\n".join(lines)


def periode(code: str) -> str:
    """TW III 2026 for 2026-TW3; what is no code of a period stays as it is."""
    return Period.parse(code).label if PERIOD.fullmatch(code) else potong(code, 20)


def _short(task: Mapping[str, Any]) -> str:
    """Messages of former versions carry no short name."""
    return task.get("singkat") or cut_words(str(task.get("uraian") or ""), LONGEST_TASK)


def _follows(before: str, code: str) -> bool:
    """Whether KBK-02 follows KBK-01: same prefix, next number."""
    former, latter = KODE.fullmatch(before), KODE.fullmatch(code)
    if former is None or latter is None or former[1] != latter[1]:
        return False
    return int(latter[2]) == int(former[2]) + 1
