"""Open requests of holders, handed over when the superior asked has changed."""

from datetime import datetime

from flows.deadlines import extension, hindrance
from flows.turn import superiors
from flows.turn.turn import Turn


def settle_requests(turn: Turn) -> None:
    """Each open request stands before whoever decides on it today, from the first day of a
    mandate and back after its last; told in working time only."""
    if not turn.view.setting.calendar.is_open(turn.now):
        return
    for tugas in turn.perintah.open_tugas:
        match tugas.wish.get("jenis"):
            case "perpanjangan":
                wanted = datetime.fromisoformat(str(tugas.wish["batas"]))
                people = superiors.deciders(turn, tugas, wanted) or superiors.deciders(turn, tugas)
                request = extension.request(turn, tugas)
            case "kendala":
                people = superiors.deciders(turn, tugas)
                request = hindrance.request(turn, tugas)
            case _:
                continue
        superiors.hand_over(turn, tugas, people, request)
