"""Flowcharts of an SOP: rows, columns of performers and the five symbols."""

from datetime import datetime

from flows.model.messages import Attachment
from flows.model.perintah import Perintah
from flows.office.calendar import WorkCalendar
from flows.office.kantor import Office
from flows.papers import sop_approval
from flows.papers.facts import Json
from flows.papers.filing import letter_head, printed
from flows.papers.picture_facts import FlowRow, Rupa, Shape, SopData, Variant
from flows.sops.sop import Act, Sop, Step
from flows.turn.turn import Turn


def sop_files(turn: Turn, sop: Sop) -> list[Attachment]:
    """Files of the SOP: running (if a perintah is given), reconstructed, as received."""
    running = [_file(turn, sop, "langsung", *_live(turn, sop))] if turn.work is not None else []
    return [
        *running,
        _file(turn, sop, "rekonstruksi", *reconstructed(sop, turn.office)),
        _file(turn, sop, "asli", tuple(c.heading for c in sop.columns), original(sop)),
    ]


def _file(
    turn: Turn, sop: Sop, variant: Variant, columns: tuple[str, ...], rows: tuple[FlowRow, ...]
) -> Attachment:
    is_drawn_again = variant == "rekonstruksi"
    issue, approved = sop_approval.printed(turn, sop) if is_drawn_again else ({}, {})
    identity = sop.identity
    facts = SopData(
        **letter_head(turn, turn.now),
        varian=variant,
        judul=sop.title,
        pemda=identity.government,
        perangkat=identity.office,
        kabupaten=identity.region,
        nomor_sop=identity.number,
        tanggal_pembuatan=identity.made_on,
        tanggal_revisi=identity.revised_on,
        tanggal_efektif=identity.effective_on,
        disahkan_oleh=identity.approved_by,
        dasar_hukum=sop.legal_basis,
        kualifikasi=sop.qualification,
        keterkaitan=sop.related,
        peralatan=sop.equipment,
        peringatan=sop.warning,
        pencatatan=sop.recording,
        kolom=columns,
        baris=rows,
        perintah=turn.work.nomor if turn.work is not None else "",
        **approved,
    )
    names = {"sop": sop.name.replace(" ", "_"), "varian": variant}
    return printed(turn, "sop", facts, issue, **names)


def original(sop: Sop) -> tuple[FlowRow, ...]:
    """The paper as received: only the markers it has, no arrow added."""
    headings = [column.heading for column in sop.columns]
    return tuple(
        FlowRow(
            **_words(step, clear=False),
            rupa=tuple(
                Shape(kolom=headings.index(name), rupa="mulai" if mark == "Mulai" else "proses")
                for name, mark in step.markers.items()
                if name in headings
            ),
        )
        for step in sop.steps
    )


def reconstructed(sop: Sop, office: Office) -> tuple[tuple[str, ...], tuple[FlowRow, ...]]:
    """Columns and rows by the acts, with the returns that the paper lacks."""
    columns = _columns(sop, office)
    rows = tuple(_row(sop, step, columns) for step in sop.steps)
    return tuple(heading for _, heading in columns), rows


def _live(turn: Turn, sop: Sop) -> tuple[tuple[str, ...], tuple[FlowRow, ...]]:
    """The reconstruction with used minutes beside the standard, and the state of each step."""
    headings, rows = reconstructed(sop, turn.office)
    pairs = zip(rows, sop.steps, strict=True)
    return headings, tuple(_live_row(turn, row, step) for row, step in pairs)


def _live_row(turn: Turn, row: FlowRow, step: Step) -> FlowRow:
    standing = step_standing(turn.perintah, step, turn.view.setting.calendar, turn.now)
    spent = standing["menit"]
    return row.model_copy(
        update={
            "keadaan": standing["keadaan"],
            "waktu": f"{spent} / {row.waktu}" if spent else row.waktu,
            "keterangan": _told_standing(turn, standing),
            "tambahan": "",
        }
    )


def step_standing(perintah: Perintah, step: Step, calendar: WorkCalendar, now: datetime) -> Json:
    """The state of a step: of several units, that of the slowest."""
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


def _told_standing(turn: Turn, standing: Json) -> str:
    words = {"belum": "", "lewat": "lewat batas", "kembali": "dikembalikan"}
    state = words.get(standing["keadaan"], str(standing["keadaan"]))
    moment = standing["selesai"] or standing["batas"]
    return f"{state} {turn.local(moment):%d-%m %H.%M}".strip() if moment else state


def _words(step: Step, *, clear: bool) -> Json:
    return {
        "nomor": f"{step.number}.",
        "uraian": step.uraian,
        "kelengkapan": step.needs if clear else step.input,
        "waktu": str(step.minutes),
        "keluar": step.yields if clear else step.output,
        "keterangan": step.notes or "",
    }


def _row(sop: Sop, step: Step, columns: list[tuple[str, str]]) -> FlowRow:
    acts = [act for act in step.acts if act.is_timed and not act.is_optional]
    shapes = [Shape(kolom=_place(act, columns), rupa=_shape(act)) for act in acts]
    if step is sop.steps[0]:
        # The start symbol replaces that of the order, and precedes any other act.
        begun = Shape(kolom=shapes[0].kolom, rupa="mulai")
        shapes = [begun, *shapes[1:]] if step.acts[0].traits.issues else [begun, *shapes]
    if step is sop.steps[-1]:
        shapes.append(Shape(kolom=shapes[-1].kolom, rupa="selesai"))
    back = next((act.returns[0] for act in acts if _shape(act) == "keputusan" and act.returns), "")
    target = sop.step_of(back) if back else None
    return FlowRow(
        **_words(step, clear=True),
        rupa=tuple(shapes),
        kembali=sop.steps.index(target) if target else None,
        tambahan=f"Tidak: kembali ke langkah {target.number} (tambahan)" if target else "",
    )


def _shape(act: Act) -> Rupa:
    return "keputusan" if act.traits.is_decision else "proses"


def _columns(sop: Sop, office: Office) -> list[tuple[str, str]]:
    """Of two columns for one role the first is used; a role without one gets its own."""
    columns = {c.role: c.heading for c in reversed(sop.columns) if c.role}
    ordered = dict.fromkeys(c.role for c in sop.columns if c.role)
    named: list[tuple[str, str]] = [(role, columns[role]) for role in ordered if role]
    known = {*columns, *(("koordinator_data",) if "pelaksana" in columns else ())}
    missing = [a.performer for a in sop.acts if a.is_timed and a.performer not in known]
    return [*named, *((role, office.role(role).label) for role in dict.fromkeys(missing))]


def _place(act: Act, columns: list[tuple[str, str]]) -> int:
    roles = [role for role, _ in columns]
    return roles.index(act.performer if act.performer in roles else "pelaksana")
