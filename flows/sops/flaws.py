"""Checks of an SOP's definition that go beyond single values."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from flows.office.kantor import Office
from flows.sops.sop import Act, OptionValue, Sop, Step
from flows.text.yaml import Mistake, shown

# It is part of callback data, which is limited to 64 bytes.
LONGEST_CODE = 40
ACT_CODE = re.compile(r"[0-9a-z]{1,8}")
WORD = re.compile(r"[a-z]+")
SWITCHES = frozenset({"terima", "papan"})
OPTIONS = frozenset({"terima", "papan", "perbaikan", "sanggah", "putaran_baru"})

Flaws = Iterator[Mistake]


class Surroundings(NamedTuple):
    """Names outside a definition to which it may refer."""

    office: Office
    kinds: Collection[str]
    forms: Collection[str]
    sops: Collection[str]


def flaws(sop: Sop, around: Surroundings) -> Flaws:
    """All mistakes, each with its place."""
    yield from _head_flaws(sop, around)
    headings = {column.heading for column in sop.columns}
    numbers = [step.number for step in sop.steps]
    for index, step in enumerate(sop.steps):
        place = f"langkah[{index}]"
        yield from _step_flaws(step, place, headings)
        if step.number <= max(numbers[:index], default=0):
            yield Mistake(f"{place}.nomor", f"{step.number} must be higher than those before it")
    yield from _closing_flaws(sop)
    seen: set[str] = set()
    for place, act in _placed(sop):
        yield from _act_flaws(act, place, around)
        yield from _option_flaws(sop, act, place, around)
        yield from _reference_flaws(sop, act, place)
        if act.code in seen:
            yield Mistake(f"{place}.kode", f"{act.code!r} stands twice")
        seen.add(act.code)
    if len(seen) == len([*_placed(sop)]):
        yield from _course_flaws(sop)


def _course_flaws(sop: Sop) -> Flaws:
    """Mistakes of the sequence, which can be checked only if codes of acts are unique."""
    for place, act in _placed(sop):
        if sop.has_act(act.code):
            yield from _way_flaws(sop, act, place)
            yield from _return_flaws(sop, act, place)


def _placed(sop: Sop) -> Iterator[tuple[str, Act]]:
    for index, step in enumerate(sop.steps):
        for number, act in enumerate(step.acts):
            yield f"langkah[{index}].tindakan[{number}]", act
    for number, act in enumerate(sop.closing.acts):
        yield f"penutup.tindakan[{number}]", act


def _head_flaws(sop: Sop, around: Surroundings) -> Flaws:
    if sop.version < 1:
        yield Mistake("versi", f"{sop.version}: must be 1 or more")
    if not WORD.fullmatch(sop.word):
        yield Mistake("kata", f"{sop.word!r} must be one word of small letters")
    for field, text in (("kode", sop.code), ("judul", sop.title), ("nama", sop.name)):
        if not text.strip():
            yield Mistake(field, "is empty")
    if len(sop.code.encode()) > LONGEST_CODE or ":" in sop.code:
        yield Mistake("kode", f"{sop.code!r}: {LONGEST_CODE} bytes at most and no colon")
    if not sop.forms:
        yield Mistake("formulir", "names no form")
    for index, form in enumerate(sop.forms):
        if form not in around.forms:
            yield Mistake(f"formulir[{index}]", _unknown(form, "form", around.forms))
    if sop.corrects is not None and sop.corrects not in around.sops:
        yield Mistake("memperbaiki", _unknown(sop.corrects, "SOP", around.sops))
    for index, column in enumerate(sop.columns):
        if column.role is not None and column.role not in around.office.roles:
            place = f"kolom_pelaksana[{index}].peran"
            yield Mistake(place, _unknown(column.role, "role", around.office.roles))


def _step_flaws(step: Step, place: str, headings: Collection[str]) -> Flaws:
    if step.minutes <= 0:
        yield Mistake(f"{place}.menit", f"{step.minutes}: must be more than 0")
    if not step.uraian.strip():
        yield Mistake(f"{place}.uraian", "is empty")
    if not step.acts:
        yield Mistake(f"{place}.tindakan", "names no act, so nobody would do this step")
    for heading in step.markers:
        if heading not in headings:
            reason = "is no heading of kolom_pelaksana"
            yield Mistake(f"{place}.marker_asli.{heading}", reason)


def _closing_flaws(sop: Sop) -> Flaws:
    if sop.closing.is_active and not sop.closing.acts and "closing" in sop.model_fields_set:
        yield Mistake("penutup.tindakan", "names no act, though penutup is active")
    for number, act in enumerate(sop.closing.acts):
        if not (act.uraian or "").strip():
            place = f"penutup.tindakan[{number}].uraian"
            yield Mistake(place, "is missing: an act of no step needs words of its own")


def _act_flaws(act: Act, place: str, around: Surroundings) -> Flaws:
    office = around.office
    if not ACT_CODE.fullmatch(act.code):
        yield Mistake(f"{place}.kode", f"{act.code!r}: 1 to 8 digits and small letters")
    if act.kind not in around.kinds:
        yield Mistake(f"{place}.jenis", _unknown(act.kind, "kind of act", around.kinds))
    for field, role in _named_roles(act):
        if role not in office.roles:
            yield Mistake(f"{place}.{field}", _unknown(role, "role", office.roles))
        elif not office.role(role).acts_in_sop and field != "penerima":
            yield Mistake(f"{place}.{field}", f"{role!r} may not decide a step of an SOP")
        elif office.is_per_unit(role) and not act.is_per_unit and field != "penerima":
            reason = f"{role!r} is a role of a unit, so cakupan must be unit"
            yield Mistake(f"{place}.{field}", reason)
    if act.label is None:
        yield Mistake(f"{place}.label", "is missing: without it no button does this act")
    if act.return_label is not None and not act.returns:
        yield Mistake(f"{place}.label_kembali", "names a button, but kembali names no act")


def _named_roles(act: Act) -> Iterator[tuple[str, str]]:
    yield "pelaku", act.performer
    if act.receiver is not None:
        yield "penerima", act.receiver
    for index, role in enumerate(act.alternates):
        yield f"pengganti[{index}]", role


def _option_flaws(sop: Sop, act: Act, place: str, around: Surroundings) -> Flaws:
    for name, value in act.options.items():
        reason = _option_flaw(sop, name, value, around)
        if reason:
            yield Mistake(f"{place}.opsi.{name}", reason)


def _option_flaw(sop: Sop, name: str, value: OptionValue, around: Surroundings) -> str:
    if name not in OPTIONS:
        return _unknown(name, "option", OPTIONS)
    if name in SWITCHES:
        return "" if isinstance(value, bool) else f"{shown(value)} is neither true nor false"
    if name == "perbaikan":
        is_known = isinstance(value, bool) or value in around.sops
        return "" if is_known else _unknown(str(value), "SOP", around.sops)
    if name == "putaran_baru":
        is_known = isinstance(value, str) and sop.has_act(value)
        return "" if is_known else f"{shown(value)} is no act of this SOP"
    named = value if isinstance(value, tuple) else ()
    optional = {act.code for act in sop.acts if act.is_optional}
    is_fine = len(named) == 2 and optional.issuperset(named)
    return "" if is_fine else f"{shown(value)} must name two acts with hanya_bila: true"


def _reference_flaws(sop: Sop, act: Act, place: str) -> Flaws:
    known = {other.code for _, other in _placed(sop)}
    for field, codes in (("sesudah", act.after or ()), ("kembali", act.returns)):
        for index, code in enumerate(codes):
            if code not in known:
                yield Mistake(f"{place}.{field}[{index}]", f"{code!r} is no act of this SOP")
            elif code in codes[:index]:
                yield Mistake(f"{place}.{field}[{index}]", f"{code!r} stands twice")


def _way_flaws(sop: Sop, act: Act, place: str) -> Flaws:
    order = [other.code for other in sop.acts]
    later = order[order.index(act.code) :]
    for index, code in enumerate(act.after or ()):
        if code in later:
            reason = f"{code!r} does not stand above {act.code!r}: a circle may arise"
            yield Mistake(f"{place}.sesudah[{index}]", reason)
    ahead = sop.predecessors(act.code)
    if not ahead and act.code != sop.first.code:
        yield Mistake(f"{place}.sesudah", "can never be reached: it follows no act")
    if act.is_per_unit and all(sop.act(code).is_per_unit for code in sop.upstream(act.code)):
        reason = "an act of a unit needs an act of the office (cakupan: kantor) before it"
        yield Mistake(f"{place}.cakupan", reason)
    yield from _optional_flaws(sop, act, ahead, place)


def _optional_flaws(sop: Sop, act: Act, ahead: tuple[Act, ...], place: str) -> Flaws:
    if not act.is_optional:
        for before in ahead:
            if before.is_optional:
                reason = f"can never be reached: {before.code!r} before it is only opened at need"
                yield Mistake(f"{place}.sesudah", reason)
        return
    options = [other.options.get("sanggah") for other in sop.acts]
    if not any(isinstance(value, tuple) and act.code in value for value in options):
        yield Mistake(f"{place}.hanya_bila", "can never be reached: no opsi of an act opens it")


def _return_flaws(sop: Sop, act: Act, place: str) -> Flaws:
    above = sop.upstream(act.code)
    for index, code in enumerate(act.returns):
        if sop.has_act(code) and code not in above:
            reason = f"{code!r} does not lie before {act.code!r}, so nothing can go back to it"
            yield Mistake(f"{place}.kembali[{index}]", reason)


def _unknown(name: str, noun: str, known: Collection[str]) -> str:
    return f"unknown {noun} {name!r}; known: {', '.join(sorted(known)) or 'none'}"
