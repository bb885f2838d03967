"""Paraf and signatures upon the rekap: those given, and those void in a later version."""

from typing import Any

from flows.model.addresses import to_person
from flows.model.messages import Attachment, Message
from flows.model.perintah import Perintah, Tugas
from flows.office.people import Person
from flows.papers.filing import files
from flows.turn.cards import person_args
from flows.turn.naming import acting_title, post_title
from flows.turn.turn import Turn
from flows.turn.undo_window import SENT_BACK


def rekap_files(turn: Turn, person: Person) -> tuple[Attachment, ...]:
    """The rekap as pdf; none for the person who has just acted on it and has it already."""
    if turn.actor is not None and person.id == turn.actor.id and turn.done is not None:
        return ()
    return files(turn, turn.perintah.paper("rekap"), "pdf")


def paraf_lines(turn: Turn) -> list[dict[str, Any]]:
    """The paraf given to this rekap, in order."""
    return [
        {
            **person_args(turn, tugas.finished_by),
            "peran": acting_title(turn, turn.authority.post(tugas), tugas.finished_as),
            "saat": tugas.finished_at.isoformat() if tugas.finished_at else None,
        }
        for tugas in paraf_given(turn)
    ]


def paraf_given(turn: Turn) -> list[Tugas]:
    done = (t for t in turn.perintah.tugas if t.state == "selesai")
    return [t for t in done if turn.act(t).traits.initials]


def double_roles(turn: Turn, person: Person, role: str) -> list[dict[str, Any]]:
    """The person's acts under another role on what the rekap holds: in this perintah and, for
    units it does not correct, in the collection. Shown, not forbidden."""
    pairs: dict[tuple[str, str | None], None] = {}
    for perintah in (turn.perintah, turn.parent):
        if perintah is None:
            continue
        sop = turn.view.setting.book.sop(perintah.sop, perintah.sop_version)
        redone = turn.perintah.units if perintah is not turn.perintah else ()
        for tugas in perintah.tugas:
            is_his = tugas.state == "selesai" and tugas.finished_by == person.id
            is_other = tugas.role != role and tugas.unit not in redone
            if is_his and is_other and sop.act(tugas.act).traits.prepares:
                pairs[tugas.outcome, tugas.unit] = None
    return [{"hasil": outcome, "unit": unit} for outcome, unit in pairs]


def void_lines(turn: Turn) -> list[dict[str, Any]]:
    """The last void paraf or signature of each act, shown to those who judge the new version."""
    last = {t.act: t for t in turn.perintah.tugas if _is_void(turn, t)}
    return [_void_line(turn, tugas) for tugas in last.values()]


def announce_void(turn: Turn) -> None:
    """Tells the person who gave it, unless he caused it or his new card shows it already."""
    before = turn.view.perintah
    if before is None or turn.work is None or turn.work is before or turn.work.id != before.id:
        return
    reached = {
        o.to for o in turn.speech.out if isinstance(o, Message) and o.args.get("paraf_gugur")
    }
    for tugas, former in zip(turn.perintah.tugas, before.tugas, strict=False):
        if tugas is former:
            continue
        giver = turn.view.roster.person(tugas.finished_by) if tugas.finished_by else None
        if giver is None or former.state != "selesai":
            continue
        is_mine = turn.actor is not None and turn.actor.id == giver.id
        if _is_void(turn, tugas) and not is_mine and to_person(giver.id) not in reached:
            args = {**_void_line(turn, tugas), "nomor": turn.perintah.nomor}
            turn.speech.tell(
                giver, "paraf_gugur", args, unique=f"gugur:{tugas.ref}:r{tugas.revision}"
            )


def _is_void(turn: Turn, tugas: Tugas) -> bool:
    is_given = tugas.finished_by is not None and tugas.outcome not in SENT_BACK
    return tugas.state == "ulang" and is_given and turn.act(tugas).traits.seals


def _void_line(turn: Turn, tugas: Tugas) -> dict[str, Any]:
    return {
        **person_args(turn, tugas.finished_by),
        "peran": post_title(turn, turn.authority.post(tugas)),
        "jenis": turn.act(tugas).kind,
        "versi": _version(turn.perintah, tugas),
        "oleh": _sent_back_by(turn, tugas),
    }


def _version(perintah: Perintah, tugas: Tugas) -> int:
    """The version of the rekap at the time of the act."""
    done = tugas.finished_at
    seen = [d for d in perintah.dokumen if d.kind == "rekap" and done and d.made_at <= done]
    return seen[-1].version if seen else 1


def _sent_back_by(turn: Turn, tugas: Tugas) -> str:
    """The post that returned the work; empty if a new round or a late unit made it void."""
    done = tugas.finished_at
    later = (
        t
        for t in turn.perintah.tugas
        if t.outcome in SENT_BACK and t.finished_at and done and t.finished_at >= done
    )
    first = next(later, None)
    return post_title(turn, turn.authority.post(first)) if first else ""
