"""kantor.yaml: units, roles, hours and rules of the office, and who fills posts by them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple, Self

from pydantic import Field

from flows.office import sections
from flows.office.calendar import WorkCalendar
from flows.office.capabilities import DEFAULTS
from flows.office.hours import JamKerja, Part, week_of
from flows.office.people import ON_BEHALF, Penugasan, Person, Post, Roster
from flows.text.yaml import Mistake, read_model, read_yaml, without_known

# Precedence of acting holders: Plh (holder away) before Plt (post vacant).
PRECEDENCE = {"Plh": 0, "Plt": 1, "definitif": 2, ON_BEHALF: 3}


class OfficeInvalid(Exception):
    """Raised for an invalid kantor.yaml; a line for each mistake: file, place and rule."""

    def __init__(self, source: str, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(f"{source}: {mistake}" for mistake in self.mistakes))


class Moment(NamedTuple):
    """A reminder's level ("50%", "-60m") and the working minute at which it is due."""

    level: str
    minute: int


class Office(Part):
    instansi: sections.Instansi
    units: tuple[sections.Unit, ...] = Field(alias="unit", min_length=1)
    roles: dict[str, sections.Role] = Field(alias="peran", min_length=1)
    pendaftaran: Literal["langsung", "konfirmasi"] = "langsung"
    jam_kerja: JamKerja
    pengingat: tuple[sections.Reminding, ...] = ()
    lewat_batas: sections.LewatBatas = sections.LewatBatas()
    kategori: tuple[sections.Kategori, ...] = Field(min_length=1)
    rata_rata: Literal["mentah", "dibatasi_100"] = "mentah"
    rumus_negatif: Literal["selisih", "rasio"] = "selisih"
    sla_kembali: Literal["penuh", "separuh"] = "penuh"
    nomor: sections.Nomor = sections.Nomor()
    lembar_disposisi: sections.LembarDisposisi
    penutup: sections.Penutup = sections.Penutup()
    cadangan: sections.Cadangan = sections.Cadangan()

    @classmethod
    def parse(cls, text: str, source: str) -> Self:
        """Reads kantor.yaml. Raises OfficeInvalid with all mistakes."""
        document, mistakes = read_yaml(text)
        if document is None:
            raise OfficeInvalid(source, mistakes or [Mistake("", "is empty")])
        office, refused = read_model(cls, document)
        found = without_known((*mistakes, *refused), _flaws(office) if office else ())
        if found or office is None:
            raise OfficeInvalid(source, found)
        return office

    @property
    def unit_codes(self) -> tuple[str, ...]:
        return tuple(unit.kode for unit in self.units)

    def role(self, key: str) -> sections.Role:
        return self.roles[key]

    def roles_that(self, capability: str) -> tuple[str, ...]:
        """The roles with the capability, those of the defaults first."""
        return self._by_capability[capability]

    @cached_property
    def _by_capability(self) -> Mapping[str, tuple[str, ...]]:
        return {name: self._roles_with(name) for name in DEFAULTS}

    def _roles_with(self, capability: str) -> tuple[str, ...]:
        usual = DEFAULTS[capability]
        order = (*(key for key in usual if key in self.roles), *self.roles)
        return tuple(
            key
            for key in dict.fromkeys(order)
            if capability in (self.roles[key].capabilities or ())
            or (self.roles[key].capabilities is None and key in usual)
        )

    def labels(self, roles: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(self.roles[key].label for key in roles))

    def unit(self, kode: str) -> sections.Unit:
        return next(unit for unit in self.units if unit.kode == kode)

    def is_per_unit(self, role: str) -> bool:
        return self.roles[role].is_per_unit

    def calendar(self, holidays: Mapping[date, str]) -> WorkCalendar:
        """The working calendar by the office's own days and the given public holidays."""
        hours = self.jam_kerja
        own = {day.tanggal: day.nama for day in hours.libur_tambahan}
        return WorkCalendar.build(
            zone=hours.zona,
            hours=week_of(hours.biasa),
            ramadan_hours=week_of(hours.ramadan) if hours.ramadan else None,
            ramadan=hours.periode_ramadan,
            holidays={**holidays, **own},
            extra_days=[day.tanggal for day in hours.hari_kerja_tambahan],
        )

    def reminders(self, standard: int) -> tuple[Moment, ...]:
        """Reminders before the end of a task of that many working minutes, the earliest first."""
        fitting = [rule for rule in self.pengingat if rule.min_minutes <= standard]
        if not fitting:
            return ()
        rule = max(fitting, key=lambda rule: rule.min_minutes)
        moments = (Moment(level, _minute_of(level, standard)) for level in rule.moments)
        return tuple(sorted(moments, key=lambda moment: moment.minute))

    @property
    def tops(self) -> tuple[str, ...]:
        """The roles without a superior."""
        return tuple(
            key for key, role in self.roles.items() if role.acts_in_sop and role.reports_to is None
        )

    def seat(self, post: Post) -> Post:
        """The post itself: that of the Sekretariat's head is the Sekretaris' own post."""
        role = self.roles[post.role].special.get(post.unit) if post.unit else None
        return Post(role) if role else post

    def superior(self, post: Post) -> Post | None:
        """The post that gets this post's delays and requests; None at the top."""
        seat = self.seat(post)
        role = self.roles[seat.role].reports_to
        if role is None:
            return None
        return self.seat(Post(role, seat.unit if self.roles[role].is_per_unit else None))

    def superiors(self, post: Post) -> Iterator[Post]:
        """The posts above, the nearest first."""
        while (above := self.superior(post)) is not None:
            yield above
            post = above

    def holders(self, roster: Roster, post: Post, day: date) -> tuple[Person, ...]:
        """The people who fill the post on that day (office time); empty if nobody does."""
        filling = dict.fromkeys(p.person_id for p in self._filling(roster, post, day))
        people = (roster.person(person_id) for person_id in filling)
        return tuple(person for person in people if person is not None)

    def mandate(self, roster: Roster, person_id: int, post: Post, day: date) -> Penugasan | None:
        """The penugasan by which the person may act in this post, or None if he may not."""
        filling = self._filling(roster, post, day)
        return next((p for p in filling if p.person_id == person_id), None)

    def posts_of(self, roster: Roster, person_id: int, day: date) -> tuple[Post, ...]:
        """All posts the person fills: those assigned by name and those derived from them."""
        own = roster.posts(person_id, day)
        units = {p.unit for p in own if p.unit}
        units |= {unit for role in self.roles.values() for unit in role.special}
        candidates = (
            Post(key, unit)
            for key, role in self.roles.items()
            for unit in (self.unit_codes if role.is_per_unit else (None,))
            if unit is None or unit in units
        )
        return tuple(
            post for post in candidates if self.mandate(roster, person_id, post, day) is not None
        )

    def _filling(self, roster: Roster, post: Post, day: date) -> tuple[Penugasan, ...]:
        """The penugasan by which the post is filled, by the rules of its role."""
        seat = self.seat(post)
        role = self.roles[seat.role]
        named = self._named(roster, seat, day)
        for key in role.fallback:
            named = named or self._named(roster, self.seat(Post(key, seat.unit)), day)
        # Mandates a.n.: the holder keeps the post, and without a holder there is no mandate.
        on_behalf = (p for p in roster.given(seat, day) if p.jenis == ON_BEHALF)
        return (*named[: role.limit], *(on_behalf if named else ()))

    def _named(self, roster: Roster, post: Post, day: date) -> tuple[Penugasan, ...]:
        own = (p for p in roster.given(post, day) if p.jenis != ON_BEHALF)
        ranked = sorted(own, key=lambda p: (PRECEDENCE[p.jenis], p.id))
        return tuple(ranked[: self.roles[post.role].limit])


class Incumbents:
    """A cache for one day: the same questions come several times in every turn."""

    def __init__(self, office: Office, roster: Roster, day: date) -> None:
        self._office = office
        self._roster = roster
        self._day = day
        self._holders: dict[Post, tuple[Person, ...]] = {}
        self._mandates: dict[tuple[int, Post], Penugasan | None] = {}
        self._posts: dict[int, tuple[Post, ...]] = {}

    def post(self, role: str, unit: str | None) -> Post:
        """That of the unit, or of the whole office where the role has no units."""
        return Post(role, unit if self._office.is_per_unit(role) else None)

    def fills(self, person_id: int, role: str, unit: str | None) -> bool:
        return self.mandate(person_id, self.post(role, unit)) is not None

    def holders(self, post: Post) -> tuple[Person, ...]:
        found = self._holders.get(post)
        if found is None:
            found = self._holders[post] = self._office.holders(self._roster, post, self._day)
        return found

    def mandate(self, person_id: int, post: Post) -> Penugasan | None:
        """The penugasan by which the person may act in this post; None: he may not."""
        if (person_id, post) not in self._mandates:
            found = self._office.mandate(self._roster, person_id, post, self._day)
            self._mandates[person_id, post] = found
        return self._mandates[person_id, post]

    def posts_of(self, person_id: int) -> tuple[Post, ...]:
        """All posts the person fills: those given by name and those that follow from them."""
        if person_id not in self._posts:
            self._posts[person_id] = self._office.posts_of(self._roster, person_id, self._day)
        return self._posts[person_id]


def _minute_of(level: str, standard: int) -> int:
    if level.endswith("%"):
        return standard * int(level.removesuffix("%")) // 100
    return standard - int(level.removeprefix("-").removesuffix("m"))


def _flaws(office: Office) -> Iterator[Mistake]:
    """Contradictions between the sections."""
    for index, kode in enumerate(office.unit_codes):
        if kode in office.unit_codes[:index]:
            yield Mistake(f"unit[{index}].kode", f"{kode!r} stands twice")
    for key, role in office.roles.items():
        yield from (Mistake(f"peran.{key}.{at}", why) for at, why in _role_flaws(office, role))
        yield from _circle(office, key)
    yield from (Mistake(f"jam_kerja.{at}", why) for at, why in office.jam_kerja.flaws())
    yield from _category_flaws(office)
    yield from _reminder_flaws(office)
    for index, role_key in enumerate(office.lembar_disposisi.rantai_paraf):
        if role_key not in office.roles:
            place = f"lembar_disposisi.rantai_paraf[{index}]"
            yield Mistake(place, _unknown_role(office, role_key))


def _role_flaws(office: Office, role: sections.Role) -> Iterator[tuple[str, str]]:
    named = (("atasan", role.superior), ("eskalasi", role.escalation))
    for place, key in named:
        if key is not None and key not in office.roles:
            yield place, _unknown_role(office, key)
    if role.limit is not None and role.limit < 1:
        yield "jumlah", f"{role.limit}: at least 1, or banyak"
    if not role.is_per_unit and (role.special or role.fallback):
        yield "per_unit", "khusus and bawaan are for roles of a unit (per_unit: true)"
    for unit, key in role.special.items():
        if unit not in office.unit_codes:
            yield f"khusus.{unit}", f"unknown unit; known: {', '.join(office.unit_codes)}"
        if key not in office.roles or office.roles[key].is_per_unit:
            yield f"khusus.{unit}", f"{key!r} is no role of the whole office"
    for index, key in enumerate(role.fallback):
        if key not in office.roles or not office.roles[key].is_per_unit:
            yield f"bawaan[{index}]", f"{key!r} is no role of a unit"


def _circle(office: Office, key: str) -> Iterator[Mistake]:
    chain = [key]
    while (above := office.roles[chain[-1]].reports_to) in office.roles and above is not None:
        if above == key:
            way = " → ".join([*chain, key])
            yield Mistake(f"peran.{key}.atasan", f"the superiors go in a circle: {way}")
        if above in chain:
            return
        chain.append(above)


def _category_flaws(office: Office) -> Iterator[Mistake]:
    *upper, lowest = office.kategori
    for index, kategori in enumerate(upper):
        if kategori.min is None:
            yield Mistake(f"kategori[{index}].min", "only the last one may be without a minimum")
    if lowest.min is not None:
        place = f"kategori[{len(upper)}].min"
        yield Mistake(place, f"{lowest.min}: the last must be null, or lower values have no class")
    for index, (higher, lower) in enumerate(pairwise(office.kategori), start=1):
        if higher.min is not None and lower.min is not None and lower.min >= higher.min:
            reason = f"{lower.min} must be lower than the {higher.min} before it"
            yield Mistake(f"kategori[{index}].min", reason)
    names = [kategori.nama for kategori in office.kategori]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Mistake(f"kategori[{index}].nama", f"{name!r} stands twice")


def _reminder_flaws(office: Office) -> Iterator[Mistake]:
    starts = [rule.min_minutes for rule in office.pengingat]
    for index, rule in enumerate(office.pengingat):
        if rule.min_minutes in starts[:index]:
            place = f"pengingat[{index}].untuk_menit_min"
            yield Mistake(place, f"{rule.min_minutes} stands twice")
        for level in rule.moments:
            if _minute_of(level, rule.min_minutes) < 0:
                place = f"pengingat[{index}].kirim_pada"
                yield Mistake(place, f"{level!r} lies before a task of {rule.min_minutes} begins")


def _unknown_role(office: Office, key: str) -> str:
    return f"{key!r} is no role; known: {', '.join(office.roles)}"


def idle_keys(office: Office) -> Iterator[Mistake]:
    """Keys without effect, each with the reason: reported by `check`, removed a release later."""
    for key, role in office.roles.items():
        if role.note is not None:
            yield Mistake(f"peran.{key}.ket", "a note is written behind #")
    if office.jam_kerja.ramadan and not office.jam_kerja.periode_ramadan:
        yield Mistake("jam_kerja.ramadan", "periode_ramadan names no period")
    yield from _idle_numbers(office)
    yield from _idle_fields(office)


def _idle_numbers(office: Office) -> Iterator[Mistake]:
    rules = office.nomor
    if rules.disposisi is not None:
        yield Mistake("nomor.disposisi", "a Lembar Disposisi bears its agenda number alone")
    for kind in rules.klas_bawaan:
        template = None if kind == "disposisi" else getattr(rules, kind)
        if "{klas}" not in (template or ""):
            yield Mistake(f"nomor.klas_bawaan.{kind}", "no number of this kind holds {klas}")


def _idle_fields(office: Office) -> Iterator[Mistake]:
    sheet = office.lembar_disposisi
    for index, field in enumerate(sheet.kepala):
        if field not in sections.HEAD:
            reason = f"{field!r} is no field of the sheet; known: {', '.join(sections.HEAD)}"
            yield Mistake(f"lembar_disposisi.kepala[{index}]", reason)
    for index, wish in enumerate(sheet.isian_bawaan.harap):
        if wish not in sheet.harap:
            place = f"lembar_disposisi.isian_bawaan.harap[{index}]"
            yield Mistake(place, f"{wish!r} is none of lembar_disposisi.harap")
