"""Common to paraf and signature: the rekap's files, earlier paraf, double roles."""

from typing import Any

from flows.model.messages import Attachment
from flows.office.people import Person
from flows.papers.filing import files
from flows.turn.cards import person_args
from flows.turn.turn import Turn


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
            "peran": turn.office.role(tugas.role).label,
            "saat": tugas.finished_at.isoformat() if tugas.finished_at else None,
        }
        for tugas in turn.perintah.tugas
        if tugas.state == "selesai" and turn.act(tugas).traits.initials
    ]


def double_roles(turn: Turn, person: Person, role: str) -> list[dict[str, Any]]:
    """The person's acts in this perintah under another role: shown, not forbidden."""
    mine = [
        {"hasil": t.outcome, "unit": t.unit}
        for t in turn.perintah.tugas
        if t.state == "selesai"
        and t.finished_by == person.id
        and t.role != role
        and turn.act(t).traits.prepares
    ]
    return list({(line["hasil"], line["unit"]): line for line in mine}.values())
