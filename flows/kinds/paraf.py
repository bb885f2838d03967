"""paraf: initials on the rekap by those answerable for its substance."""

from flows.filling.preview import look
from flows.kinds.one_press import complete, give_back, task_card
from flows.kinds.rekap import approval_args
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.papers.signatures import rekap_files
from flows.sops.vocabulary import Traits
from flows.turn.turn import Kind, Turn, task_button


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    args = approval_args(turn, tugas, person)
    show = task_button(tugas, "lihat_data", "lihat")
    card = task_card(turn, tugas, person, "tugas_paraf", show, **args)
    return card._replace(attachments=rekap_files(turn, person))


def _give(turn: Turn, tugas: Tugas) -> Decision | None:
    rekap = turn.perintah.paper("rekap")
    code, sha256 = (rekap.code, rekap.sha256) if rekap else ("", "")
    turn.record("ParafGiven", tugas, sha256=sha256, version=turn.perintah.rekap_version)
    return complete(turn, tugas, "diparaf", kode=code)


KIND = Kind(
    "paraf",
    _card,
    {"ok": _give, "lihat": look, "kembali": give_back},
    traits=Traits(initials=True, judges=True, is_decision=True),
)
