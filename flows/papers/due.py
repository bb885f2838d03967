"""The papers a turn owes: each follows from the state, so none depends on who thought of it."""

from flows.papers.berita_acara import renew_berita_acara
from flows.papers.disposisi import renew_disposisi
from flows.papers.pengantar import renew_pengantar
from flows.turn.turn import Turn


def issue_due(turn: Turn) -> None:
    """Once a turn, before its words: a message may carry what was issued for it."""
    if turn.work is None or turn.work is turn.view.perintah:
        return
    renew_disposisi(turn)
    renew_pengantar(turn)
    renew_berita_acara(turn)
