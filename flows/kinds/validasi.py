"""validasi: the head of the unit checks the data against the evidence and approves them."""

from flows.figures.doubts import answers_given
from flows.figures.freezing import freeze
from flows.figures.shown import attached, changes, unit_figures
from flows.figures.since_return import since_return
from flows.filling.preview import look
from flows.kinds.one_press import complete, give_back
from flows.model.changes import Decision
from flows.model.messages import Attachment, Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.sops.sop import Act
from flows.sops.vocabulary import Traits
from flows.turn import transitions
from flows.turn.cards import act_button, return_button, rows_of, task_args
from flows.turn.turn import Kind, Turn, task_button


def _open(turn: Turn, act: Act, unit: str | None) -> None:
    if unit is not None:
        freeze(turn, unit, None)
    transitions.open_tugas(turn, act, unit)


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    unit = tugas.unit or ""
    latest = turn.perintah.latest(unit)
    rows = latest.rows if latest else ()
    # Versions of a collection are compared by what was sent back alone: one may have been made
    # before anybody was shown it.
    before = [d for d in turn.perintah.data if d.unit == unit] if turn.sop.corrects else []
    args = {
        **task_args(turn, tugas, person),
        "sejak_kembali": since_return(turn, tugas, (unit,)),
        **unit_figures(turn, unit, rows),
        "versi": latest.version if latest else 1,
        "jawaban": answers_given(turn, unit, rows),
        "bukti": sum(len(row.evidence) for row in rows),
        "peringatan": [dict(w) for part in turn.perintah.parts(unit) for w in part.warnings],
        "berubah": changes(turn, unit, rows) if len(before) > 1 else [],
        "semula": unit_figures(turn, unit, before[0].rows) if len(before) > 1 else {},
    }
    seen = (task_button(tugas, "lihat_data", "lihat"), act_button(turn, tugas))
    return Card(
        "tugas_validasi", args, rows_of(seen, return_button(turn, tugas)), _evidence(turn, tugas)
    )


def _evidence(turn: Turn, tugas: Tugas) -> tuple[Attachment, ...]:
    """The evidence files of a correction, attached for the person who approves it."""
    if not turn.sop.corrects:
        return ()
    given = (
        (row.kode, sha)
        for part in turn.perintah.parts(tugas.unit or "")
        for row in part.rows
        for sha in row.evidence
    )
    return attached(tugas.perintah_id, given)


def _validate(turn: Turn, tugas: Tugas) -> Decision | None:
    data = turn.perintah.latest(tugas.unit or "")
    return complete(turn, tugas, "divalidasi", versi=data.version if data else 1)


KIND = Kind(
    "validasi",
    _card,
    {"ok": _validate, "lihat": look, "kembali": give_back},
    open_acts=_open,
    traits=Traits(prepares=True, judges=True, is_decision=True),
)
