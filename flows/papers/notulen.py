"""Notulen of a unit's meeting: recorded at the meeting's act, corrected by replies."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flows.dialogs.spans import held_at, not_held
from flows.model.addresses import is_slot, slot_name, slot_part
from flows.model.changes import Decision
from flows.model.perintah import Dokumen, Tugas
from flows.papers.facts import Json
from flows.papers.filing import add_paper, files, give_number, letter_head, shape
from flows.papers.letter_facts import Attendant, Correction, FollowUp, Notulen
from flows.papers.signing import post_of, signatory
from flows.text.plain import clean_text
from flows.turn.turn import Turn

LONGEST = 1000
FIELDS = ("waktu", "tempat", "agenda", "hasil", "pembahasan", "bukti", "pimpinan", "notulis")
FOLLOW_UP = ("tindak lanjut", "tindaklanjut")
CORRECTION = re.compile(r"\s*([A-Za-z ]{4,16}?)\s*[:=]\s*(.+)", re.DOTALL)
WHEN = re.compile(r"\s*(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\s*,?\s*(.*)", re.DOTALL)


def record_meeting(
    turn: Turn, tugas: Tugas, answers: Mapping[str, Any], parts: Mapping[int, tuple[str, ...]]
) -> Dokumen:
    """Called after the meeting's act is finished: the parts have their limits only then."""
    begun, waktu, tempat = _when(turn, str(answers["waktu"]))
    present = [turn.view.roster.person(int(p)) for p in answers["peserta"]]
    done = turn.perintah.task(tugas.ref) or tugas
    heads = turn.authority.post_holders(done.role, done.unit)
    former = turn.perintah.paper("notulen", tugas.unit)
    version = former.version + 1 if former else 1
    facts = Notulen(
        **letter_head(turn, turn.at),
        **shape("notulen", former),
        unit=tugas.unit or "",
        unit_nama=turn.office.unit(tugas.unit or "").nama,
        sop=turn.sop.name,
        periode=turn.perintah.period.label,
        perintah=turn.perintah.nomor,
        versi=version,
        mulai=begun,
        waktu=waktu,
        tempat=tempat,
        pimpinan=heads[0].nama if heads else turn.person.nama,
        notulis=turn.person.nama,
        agenda="",
        perbaikan=bool(turn.act(tugas).options.get("perbaikan")),
        hasil=str(answers.get("hasil") or ""),
        bukti=str(answers.get("bukti") or ""),
        tindak_lanjut=_follow_ups(turn, tugas.unit or "", parts),
        peserta=tuple(
            Attendant(nama=p.nama, jabatan=post_of(turn, p, tugas.unit))
            for p in present
            if p is not None
        ),
        tanda_tangan=signatory(turn, done, tugas.role, tugas.unit),
    )
    # The number is stored beside the body and not hashed.
    number = _number(former) or give_number(turn, "notulen")
    return add_paper(turn, "notulen", tugas.unit, version, facts, nomor=number)


def _number(notulen: Dokumen | None) -> str:
    return str(notulen.data["pengesahan"].get("nomor", "")) if notulen else ""


def may_correct(turn: Turn, unit: str) -> bool:
    """Whether the person led or wrote it: by default the head of the unit or its coordinator."""
    return turn.authority.may("notulen", unit)


def correct(turn: Turn, unit: str, text: str) -> Decision | None:
    """A reply "tempat: ruang rapat II" makes the next version; the number stays."""
    former = turn.perintah.paper("notulen", unit)
    if former is None or not may_correct(turn, unit):
        return turn.refuse("bukan_kewenangan_notulen", {"unit": unit})
    given = CORRECTION.fullmatch(text)
    field = " ".join(given[1].casefold().split()) if given else ""
    value = clean_text(given[2]) if given else ""
    if not value or (field not in FIELDS and field not in FOLLOW_UP):
        return turn.refuse("notulen_tak_dipahami", {"medan": [*FIELDS, FOLLOW_UP[0]]})
    if len(value) > LONGEST:
        args = {"panjang": len(value), "paling_banyak": LONGEST}
        return turn.refuse("terlalu_panjang", args)
    if field == "waktu" and (held := held_at(turn, value)) is None:
        words = {"nilai": value[:60], **not_held(turn, value)}
        return turn.refuse("rapat_waktu_keliru", words)
    value = held if field == "waktu" and held else value
    isi, version = Notulen.model_validate(former.data["isi"]), former.version + 1
    note = Correction(medan=field, oleh=turn.person.nama, waktu=turn.at)
    changes = {
        **_changed(turn, isi, field, value),
        "versi": version,
        "dibuat": turn.at,
        "koreksi": (*isi.koreksi, note),
    }
    facts = Notulen.model_validate({**former.data["isi"], **changes})
    add_paper(turn, "notulen", unit, version, facts, nomor=_number(former))
    turn.record("MeetingCorrected", unit=unit, version=version, field=field)
    return show(turn, unit, "notulen_diperbaiki")


def show(turn: Turn, unit: str, key: str = "notulen") -> Decision | None:
    """Shows one unit's notulen; a reply to this message corrects it."""
    notulen = turn.perintah.paper("notulen", unit)
    if notulen is None:
        return None
    args = {
        "nomor": turn.perintah.nomor,
        "periode": turn.perintah.period.label,
        "unit": [unit],
        "versi": notulen.version,
        "kode": notulen.code,
        "boleh": may_correct(turn, unit),
    }
    slot, paper = slot_name("notulen", turn.perintah.id, unit, turn.key), files(turn, notulen)
    return turn.answer(key, args, about=turn.perintah.ref, attachments=paper, slot=slot)


def unit_of_slot(turn: Turn) -> str | None:
    slot = turn.view.slot
    if slot is None or turn.work is None or not is_slot(slot.name, "notulen"):
        return None
    unit = slot_part(slot.name, 1)
    return unit if unit in turn.office.unit_codes else None


def _changed(turn: Turn, isi: Notulen, field: str, value: str) -> Json:
    if field in FOLLOW_UP:
        what, _, who = value.partition(";")
        row = FollowUp(apa=what.strip(), siapa=who.strip())
        return {"tindak_lanjut": (*isi.tindak_lanjut, row)}
    if field == "waktu" and WHEN.fullmatch(value):
        begun, waktu, tempat = _when(turn, value)
        place = {"tempat": tempat} if tempat else {}
        return {"mulai": begun, "waktu": waktu, **place}
    return {"hasil" if field == "pembahasan" else field: value}


def _when(turn: Turn, told: str) -> tuple[datetime, str, str]:
    """ "24-11-2026, 08.10-09.00, ruang rapat": the day, the hours, the place."""
    found = WHEN.fullmatch(told)
    moment = turn.local(turn.at)
    if found is None:
        return moment, told, ""
    try:
        moment = moment.replace(year=int(found[3]), month=int(found[2]), day=int(found[1]))
    except ValueError:
        return moment, told, ""
    hours, _, place = found[4].partition(",")
    return moment.replace(second=0, microsecond=0), hours.strip(), place.strip()


def _follow_ups(
    turn: Turn, unit: str, parts: Mapping[int, tuple[str, ...]]
) -> tuple[FollowUp, ...]:
    limits = {t.person_id: t.due_at for t in turn.perintah.open_tugas if t.unit == unit}
    return tuple(
        FollowUp(
            baris=rows,
            siapa=person.nama if (person := turn.view.roster.person(who)) else "",
            batas=limits.get(who),
        )
        for who, rows in parts.items()
    )
