"""The SOP as its paper shows it: rows, performers' columns and the five symbols."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flows.model.perintah import Perintah
from flows.office.calendar import WorkCalendar
from flows.office.kantor import Office
from flows.sops.sop import Act, Sop, Step

Json = dict[str, Any]
Told = Callable[[datetime], str]


def original(sop: Sop) -> list[Json]:
    """The paper as it was received: only the markers it really bears, no arrow."""
    headings = [column.heading for column in sop.columns]
    return [
        {
            **_words(step, clear=False),
            "rupa": [
                {"kolom": headings.index(name), "rupa": "mulai" if mark == "Mulai" else "proses"}
                for name, mark in step.markers.items()
                if name in headings
            ],
        }
        for step in sop.steps
    ]


def reconstructed(sop: Sop, office: Office) -> tuple[list[str], list[Json]]:
    """Columns and rows as the acts run, with the returns the paper lacks."""
    columns = _columns(sop, office)
    rows = [_row(sop, step, columns) for step in sop.steps]
    rows[0]["rupa"] = _begun(sop.steps[0], rows[0]["rupa"])
    rows[-1]["rupa"].append({"kolom": rows[-1]["rupa"][-1]["kolom"], "rupa": "selesai"})
    return [heading for _, heading in columns], rows


def live(
    sop: Sop, office: Office, perintah: Perintah, calendar: WorkCalendar, now: datetime, told: Told
) -> tuple[list[str], list[Json]]:
    """The reconstruction with the real minutes beside the standard, and where it stands."""
    headings, rows = reconstructed(sop, office)
    for step, row in zip(sop.steps, rows, strict=True):
        standing = step_standing(perintah, step, calendar, now)
        row["keadaan"] = standing["keadaan"]
        row["waktu"] = (
            f"{standing['menit']} / {step.minutes}" if standing["menit"] else row["waktu"]
        )
        row["keterangan"] = _told_standing(standing, told)
        row["tambahan"] = ""
    return headings, rows


def step_standing(perintah: Perintah, step: Step, calendar: WorkCalendar, now: datetime) -> Json:
    """How far a step is: of several units the slowest counts."""
    codes = {act.code for act in step.acts if not act.is_optional}
    tugas = [
        t for t in perintah.tugas if t.act in codes and t.state in ("buka", "tahan", "selesai")
    ]
    timed = [t for t in tugas if t.minutes is not None]
    at_work = [t for t in tugas if t.state != "selesai"]
    used = [
        calendar.used(t.clock_from, t.finished_at or now)
        for t in timed
        if t.clock_from is not None and t.clock_from <= (t.finished_at or now)
    ]
    limits = [t.due_at for t in at_work if t.due_at is not None]
    ends = [t.finished_at for t in tugas if t.finished_at is not None]
    state = "belum" if not tugas else "berjalan" if at_work else "selesai"
    if any(t.state == "tahan" for t in at_work):
        state = "jeda"
    elif any(limit < now for limit in limits):
        state = "lewat"
    elif any(t.round > 1 for t in at_work):
        state = "kembali"
    return {
        "keadaan": state,
        "menit": max(used, default=0),
        "mulai": min((t.clock_from or t.opened_at for t in tugas), default=None),
        "selesai": max(ends) if ends and not at_work else None,
        "batas": min(limits, default=None),
    }


def _told_standing(standing: Json, told: Told) -> str:
    words = {"belum": "", "lewat": "lewat batas", "kembali": "dikembalikan"}
    state = words.get(standing["keadaan"], str(standing["keadaan"]))
    moment = standing["selesai"] or standing["batas"]
    return f"{state} {told(moment)}".strip() if moment else state


def _words(step: Step, *, clear: bool) -> Json:
    return {
        "nomor": f"{step.number}.",
        "uraian": step.uraian,
        "kelengkapan": step.needs if clear else step.input,
        "waktu": str(step.minutes),
        "keluar": step.yields if clear else step.output,
        "keterangan": step.notes or "",
    }


def _row(sop: Sop, step: Step, columns: list[tuple[str, str]]) -> Json:
    acts = [act for act in step.acts if act.is_timed and not act.is_optional]
    shapes = [{"kolom": _place(act, columns), "rupa": _shape(act)} for act in acts]
    back = next((act.returns[0] for act in acts if _shape(act) == "keputusan" and act.returns), "")
    target = sop.step_of(back) if back else None
    return {
        **_words(step, clear=True),
        "rupa": shapes,
        "kembali": sop.steps.index(target) if target else None,
        "tambahan": f"Tidak: kembali ke langkah {target.number} (tambahan)" if target else "",
    }


def _begun(step: Step, shapes: list[Json]) -> list[Json]:
    """The order itself is the beginning; another act follows upon it."""
    begun = {"kolom": shapes[0]["kolom"], "rupa": "mulai"}
    return [begun, *shapes[1:]] if step.acts[0].traits.issues else [begun, *shapes]


def _shape(act: Act) -> str:
    return "keputusan" if act.traits.is_decision else "proses"


def _columns(sop: Sop, office: Office) -> list[tuple[str, str]]:
    """Of two columns for one role the first is used; a role without one gets its own."""
    columns = {c.role: c.heading for c in reversed(sop.columns) if c.role}
    ordered = dict.fromkeys(c.role for c in sop.columns if c.role)
    named: list[tuple[str, str]] = [(role, columns[role]) for role in ordered if role]
    missing = [a.performer for a in sop.acts if a.is_timed and not _known(a, columns)]
    return [*named, *((role, office.role(role).label) for role in dict.fromkeys(missing))]


def _known(act: Act, columns: dict[str, str]) -> bool:
    return act.performer in columns or (
        act.performer == "koordinator_data" and "pelaksana" in columns
    )


def _place(act: Act, columns: list[tuple[str, str]]) -> int:
    roles = [role for role, _ in columns]
    return roles.index(act.performer if act.performer in roles else "pelaksana")
