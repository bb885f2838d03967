"""paraf: initials on the rekap by those answerable for its substance."""

from flows.filling.preview import look
from flows.kinds.one_press import complete, give_back
from flows.kinds.rekap import rekap_args
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.papers.signatures import double_roles, paraf_lines, rekap_files
from flows.papers.voiding import void_lines
from flows.sops.vocabulary import Traits
from flows.turn.cards import act_button, return_button, rows_of, task_args
from flows.turn.turn import Kind, Turn, task_button


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    args = {
        **task_args(turn, tugas, person),
        **rekap_args(turn),
        "paraf": paraf_lines(turn),
        "paraf_gugur": void_lines(turn),
        "rangkap": double_roles(turn, person, tugas.role),
    }
    rows = rows_of(
        (act_button(turn, tugas), task_button(tugas, "lihat_data", "lihat")),
        return_button(turn, tugas),
    )
    return Card("tugas_paraf", args, rows, rekap_files(turn, person))


def _give(turn: Turn, tugas: Tugas) -> Decision | None:
    rekap = turn.perintah.paper("rekap")
    code, sha256 = (rekap.code, rekap.sha256) if rekap else ("", "")
    turn.record("ParafGiven", tugas, sha256=sha256, version=turn.perintah.rekap_version)
    complete(turn, tugas, "diparaf", kode=code)
    return None


KIND = Kind(
    "paraf",
    _card,
    {"ok": _give, "lihat": look, "kembali": give_back},
    traits=Traits(initials=True, judges=True, is_decision=True),
)
