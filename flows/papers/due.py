"""Papers that the state requires after a turn, issued or renewed whatever the command was."""

from collections.abc import Callable

from flows.papers.berita_acara import berita_acara
from flows.papers.catalogue import line_of
from flows.papers.disposisi import disposisi
from flows.papers.facts import Data
from flows.papers.filing import renew
from flows.papers.pengantar import pengantar
from flows.turn.turn import Turn

Builder = Callable[[Turn, str | None], Data | None]

# By kind: builds its present facts for a unit or the office (None); None while not due.
DUE: dict[str, Builder] = {
    "disposisi": disposisi,
    "pengantar": pengantar,
    "berita_acara": berita_acara,
}


def issue_due(turn: Turn) -> None:
    """Runs once a turn, before its messages are built: they may attach the papers issued here."""
    if turn.work is None or turn.work is turn.view.perintah:
        return
    for kind, build in DUE.items():
        for unit in turn.perintah.units if line_of(kind).per == "unit" else (None,):
            facts = build(turn, unit)
            if facts is not None:
                renew(turn, kind, unit, facts)
