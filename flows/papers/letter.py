"""What every letter of a perintah has in common, and when it is made anew."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flows.model.perintah import Tugas
from flows.papers.filing import add_paper, digest, kop
from flows.sops.vocabulary import Traits
from flows.turn.cards import recorder_name
from flows.turn.turn import Turn

Json = dict[str, Any]


def letter(turn: Turn, made_at: datetime, **body: Any) -> Json:
    """`made_at` is the moment of its last fact, so that the same facts give the same paper."""
    zone = str(turn.view.setting.calendar.zone)
    return {"kop": kop(turn), "zona": zone, "dibuat": iso(made_at), **body}


def renew(turn: Turn, kind: str, unit: str | None, body: Json) -> None:
    """A new version where the facts have changed since the last one."""
    former = turn.perintah.paper(kind, unit)
    if former is None or former.sha256 != digest(body):
        add_paper(turn, kind, unit, former.version + 1 if former else 1, body)


def done_by(turn: Turn, role: str, does: Callable[[Traits], bool]) -> Tugas | None:
    """The last act of such kinds that the role has done and that still stands."""
    found = [
        t
        for t in turn.perintah.tugas
        if t.state == "selesai" and t.role == role and does(turn.act(t).traits)
    ]
    return found[-1] if found else None


def name_of(turn: Turn, tugas: Tugas | None) -> str:
    """Whoever did it; an act of the operator's hand is named as such wherever it stands."""
    person = turn.view.roster.person(tugas.finished_by) if tugas and tugas.finished_by else None
    if person is None or tugas is None:
        return ""
    recorder = recorder_name(turn, tugas)
    return f"{person.nama} (dicatat oleh {recorder})" if recorder else person.nama


def iso(moment: datetime) -> str:
    """One moment has one spelling, or the same facts would not be the same paper."""
    return moment.astimezone(UTC).isoformat()


def maybe_iso(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None
