"""The papers a turn owes: each follows from the state, so none depends on who thought of it."""

from collections.abc import Callable

from flows.papers.berita_acara import berita_acara
from flows.papers.catalogue import line_of
from flows.papers.disposisi import disposisi
from flows.papers.facts import Data
from flows.papers.filing import renew
from flows.papers.pengantar import pengantar
from flows.turn.turn import Turn

Builder = Callable[[Turn, str | None], Data | None]

# By kind: its facts as they stand for a unit or the office; None while it is not due.
DUE: dict[str, Builder] = {
    "disposisi": disposisi,
    "pengantar": pengantar,
    "berita_acara": berita_acara,
}


def issue_due(turn: Turn) -> None:
    """Once a turn, before its words: a message may carry what was issued for it."""
    if turn.work is None or turn.work is turn.view.perintah:
        return
    for kind, build in DUE.items():
        for unit in turn.perintah.units if line_of(kind).per == "unit" else (None,):
            facts = build(turn, unit)
            if facts is not None:
                renew(turn, kind, unit, facts)
