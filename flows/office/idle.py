"""Keys of kantor.yaml without effect: reported by `check`, removed a release later."""

from collections.abc import Iterator

from flows.office.kantor import Office
from flows.office.sections import HEAD
from flows.text.yaml import Mistake


def idle_keys(office: Office) -> Iterator[Mistake]:
    """Such keys with the reason for each; they do not keep the bot from starting."""
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
        if field not in HEAD:
            reason = f"{field!r} is no field of the sheet; known: {', '.join(HEAD)}"
            yield Mistake(f"lembar_disposisi.kepala[{index}]", reason)
    for index, wish in enumerate(sheet.isian_bawaan.harap):
        if wish not in sheet.harap:
            place = f"lembar_disposisi.isian_bawaan.harap[{index}]"
            yield Mistake(place, f"{wish!r} is none of lembar_disposisi.harap")
