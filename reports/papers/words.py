"""Moments and numbers as text for papers, in Indonesian and in office time."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flows.office.calendar import MONTHS, zone_name

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))


def day(moment: datetime, zone: str) -> str:
    """24 November 2026"""
    here = local(moment, zone)
    return f"{here.day} {MONTHS[here.month - 1]} {here.year}"


def weekday(moment: datetime, zone: str) -> str:
    """Selasa, 24 November 2026"""
    return f"{DAYS[local(moment, zone).weekday()]}, {day(moment, zone)}"


def moment_of(moment: datetime, zone: str) -> str:
    """24 November 2026 pukul 08.33 WITA"""
    here = local(moment, zone)
    return f"{day(moment, zone)} pukul {here:%H.%M} {zone_name(here)}".rstrip()


def short(moment: datetime, zone: str) -> str:
    """24 Nov 2026 08.33"""
    here = local(moment, zone)
    return f"{here.day} {MONTHS[here.month - 1][:3]} {here.year} {here:%H.%M}"


def brief(moment: datetime, zone: str) -> str:
    """Sel 08.33, for a picture."""
    here = local(moment, zone)
    return f"{DAYS[here.weekday()][:3]} {here:%H.%M}"


def nip(number: str) -> str:
    """19700101 199503 1 001"""
    digits = number.replace(" ", "")
    if len(digits) != 18:
        return number
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def size(count: int) -> str:
    """12,4 kB"""
    if count < 1000:
        return f"{count} B"
    unit, value = ("kB", count / 1000) if count < 1_000_000 else ("MB", count / 1_000_000)
    return f"{value:.1f} {unit}".replace(".", ",")
