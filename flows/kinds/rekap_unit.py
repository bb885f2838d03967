"""rekap_unit: the unit's rekap, compiled from all parts, is checked and submitted."""

from flows.figures.doubts import answers_given
from flows.figures.freezing import freeze
from flows.figures.shown import fillers, merged_rows, unit_figures
from flows.figures.since_return import since_return, was_judged
from flows.filling.preview import look
from flows.kinds.one_press import complete, give_back
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.sops.vocabulary import PLAIN
from flows.turn.cards import act_button, return_button, rows_of, task_args
from flows.turn.turn import Kind, Turn, task_button


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    unit = tugas.unit or ""
    again = since_return(turn, tugas, (unit,))
    is_known = again is None and was_judged(turn, tugas)
    args = {
        **task_args(turn, tugas, person),
        **unit_figures(turn, unit),
        "peringatan": [dict(w) for part in turn.perintah.parts(unit) for w in part.warnings],
        "sejak_kembali": again,
        "berubah": _changed(turn, unit) if is_known else [],
        "pengisi": fillers(turn, unit),
        "jawaban": answers_given(turn, unit, merged_rows(turn, unit)),
    }
    seen = (task_button(tugas, "lihat_data", "lihat"), act_button(turn, tugas))
    return Card("tugas_rekap_unit", args, rows_of(seen, return_button(turn, tugas)))


def _changed(turn: Turn, unit: str) -> list[str]:
    latest = turn.perintah.latest(unit)
    before = {row.kode: row for row in (latest.rows if latest else ())}
    return [r.kode for r in merged_rows(turn, unit) if before.get(r.kode, r) != r]


def _put_forward(turn: Turn, tugas: Tugas) -> Decision | None:
    data = freeze(turn, tugas.unit or "", tugas)
    return complete(turn, tugas, "diajukan", versi=data.version if data else 1)


KIND = Kind("rekap_unit", _card, {"ok": _put_forward, "lihat": look, "kembali": give_back}, PLAIN)
