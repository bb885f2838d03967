"""People, posts and penugasan (definitif, Plt, Plh, a.n.) with their dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

Jenis = Literal["definitif", "Plt", "Plh", "a.n"]
ON_BEHALF: Jenis = "a.n"
ACTING: tuple[Jenis, ...] = ("Plt", "Plh", ON_BEHALF)

PNS_MONTHS = range(1, 13)
PPPK_CODES = range(21, 30)


class Post(NamedTuple):
    """A role of kantor.yaml, in one unit or (unit None) in the whole office."""

    role: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """`is_bound`: an account is tied to him. `is_reachable`: he has not blocked the bot.
    `is_proxied`: the operator may write down his acts all the same."""

    id: int
    nama: str
    nip: str | None
    pangkat: str
    sapaan: str = "Bapak/Ibu"
    is_bound: bool = False
    is_reachable: bool = True
    is_proxied: bool = False

    @property
    def is_at_hand(self) -> bool:
        """Whether the person acts by himself: bound, reachable, not recorded by the operator."""
        return self.is_bound and self.is_reachable and not self.is_proxied


@dataclass(frozen=True, slots=True)
class MarkProxied:
    person_id: int
    is_proxied: bool


@dataclass(frozen=True, slots=True)
class Penugasan:
    """Who holds which post when, and by which letter; an open end is None. `is_listed`: it came by
    the staff list, so a later list may end it. Plt and Plh take the place of the holder; whoever
    acts in his name (a.n.) does so beside him."""

    id: int
    person_id: int
    role: str
    unit: str | None
    jabatan: str
    jenis: Jenis = "definitif"
    mulai: date | None = None
    selesai: date | None = None
    surat: str = ""
    is_listed: bool = False

    @property
    def post(self) -> Post:
        return Post(self.role, self.unit)

    @property
    def is_acting(self) -> bool:
        return self.jenis != "definitif"

    def covers(self, day: date) -> bool:
        """Whether the penugasan holds on that day; both ends are included."""
        return (self.mulai is None or self.mulai <= day) and (
            self.selesai is None or day <= self.selesai
        )


@dataclass(frozen=True)
class Roster:
    """Everybody the office knows, with all posts of past, present and future."""

    people: tuple[Person, ...] = ()
    penugasan: tuple[Penugasan, ...] = ()

    def person(self, person_id: int) -> Person | None:
        return self._people.get(person_id)

    def posts(self, person_id: int, day: date) -> tuple[Penugasan, ...]:
        """What was given to him by name; what follows from it is `Office.posts_of`."""
        return tuple(p for p in self._held.get(person_id, ()) if p.covers(day))

    def titles(self, post: Post, day: date) -> tuple[str, ...]:
        """The titles of those who hold or held the post by name: first of its holder on that day,
        then of whoever acts in it, then of others, the last one first."""
        found = sorted(
            self._filled.get(post, ()),
            key=lambda p: (not p.covers(day), p.is_acting, -(p.mulai or date.min).toordinal()),
        )
        return tuple(p.jabatan for p in found)

    def given(self, post: Post, day: date) -> tuple[Penugasan, ...]:
        """The penugasan by which the post is held by name on that day."""
        return tuple(p for p in self._filled.get(post, ()) if p.covers(day))

    @cached_property
    def _people(self) -> Mapping[int, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def _held(self) -> Mapping[int, list[Penugasan]]:
        held: dict[int, list[Penugasan]] = {}
        for penugasan in self.penugasan:
            held.setdefault(penugasan.person_id, []).append(penugasan)
        return held

    @cached_property
    def _filled(self) -> Mapping[Post, list[Penugasan]]:
        filled: dict[Post, list[Penugasan]] = {}
        for penugasan in self.penugasan:
            filled.setdefault(penugasan.post, []).append(penugasan)
        return filled


def by_mandate(jenis: str, title: str) -> str:
    """The title as its bearer writes it: Plh. Kepala Dinas, a.n. Kepala Dinas."""
    return f"{jenis}. {title}" if jenis in ACTING else title


def is_nip(text: str) -> bool:
    """18 digits: date of birth, year and month (PPPK: year and 21..29) of entry, sex, sequence."""
    if len(text) != 18 or not (text.isascii() and text.isdigit()):
        return False
    try:
        born = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    entered, month = int(text[8:12]), int(text[12:14])
    is_known_month = month in PNS_MONTHS or month in PPPK_CODES
    is_plausible = born.year >= 1900 and born.year + 15 <= entered <= born.year + 75
    return is_known_month and is_plausible and text[14] in "12"


def sapaan(nip: str | None) -> str:
    """How to address the bearer of a NIP: its 15th digit tells men from women."""
    if nip is None or not is_nip(nip):
        return "Bapak/Ibu"
    return "Bapak" if nip[14] == "1" else "Ibu"
