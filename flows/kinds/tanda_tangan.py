"""tanda_tangan: the approval of the rekap, asked for twice; or the report of mistakes in it."""

from flows.filling.preview import look
from flows.kinds.one_press import complete, give_back
from flows.kinds.rekap import approval_args, rekap_args
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.orders import correcting
from flows.papers.filing import give_number
from flows.papers.rekap import seal_rekap
from flows.papers.signatures import rekap_files
from flows.sops.vocabulary import Traits
from flows.turn.cards import act_button, return_button, rows_of, show, task_args
from flows.turn.turn import Kind, Turn, task_button


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    args = {
        **task_args(turn, tugas, person),
        **approval_args(turn, tugas, person),
        "gugur": [t.kode for t in turn.perintah.temuan if t.verdict == "gugur"],
    }
    options = turn.act(tugas).options
    may_correct = options.get("perbaikan") or options.get("putaran_baru")
    wrong = (task_button(tugas, "ada_kesalahan", "salah"),) if may_correct else ()
    rows = rows_of(
        (act_button(turn, tugas), task_button(tugas, "lihat_data", "lihat")),
        (*wrong, *return_button(turn, tugas)),
    )
    return Card("tugas_tanda_tangan", args, rows, rekap_files(turn, person))


def _confirm(turn: Turn, tugas: Tugas) -> Decision | None:
    """Asks for confirmation in the same message, with the choice not to sign first."""
    version = turn.perintah.rekap_version
    rows = rows_of(
        (task_button(tugas, "batal", "urung"),),
        (task_button(tugas, "tanda_tangani_versi", "ttd", versi=version),),
    )
    args = {**task_args(turn, tugas), **rekap_args(turn)}
    return turn.answer("pastikan_tanda_tangan", args, rows, about=tugas.ref)


def _sign(turn: Turn, tugas: Tugas) -> Decision | None:
    rekap = turn.perintah.paper("rekap")
    if rekap is not None:
        turn.record("SignatureGiven", tugas, sha256=rekap.sha256, version=rekap.version)
    complete(turn, tugas, "ditandatangani", versi=turn.perintah.rekap_version)
    seal_rekap(turn, give_number(turn, "rekap") if rekap is not None else "")
    return None


KIND = Kind(
    "tanda_tangan",
    _card,
    {
        "ok": _confirm,
        "ttd": _sign,
        "urung": show,
        "salah": correcting.begin,
        "lihat": look,
        "kembali": give_back,
    },
    traits=Traits(signs=True, judges=True, numbers_paper=True, is_final=True),
)
