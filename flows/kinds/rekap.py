"""rekap: the office's rekap, compiled after the last unit; the Kasubag checks it."""

from flows.dialogs.dialog import of_open_task, opener
from flows.dialogs.question import Answers, Dialog, Question, fixed
from flows.figures.shown import changes, office_figures, row_lines
from flows.figures.since_return import since_return
from flows.figures.unit_rows import rekap_units
from flows.filling.preview import look
from flows.forms.form import Isian
from flows.kinds.one_press import complete, give_back
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.papers.filing import files
from flows.papers.rekap import compile_rekap
from flows.papers.rekap_tables import rekap_tables
from flows.papers.signatures import double_roles, paraf_lines, void_lines
from flows.sops.sop import Act
from flows.sops.vocabulary import Traits
from flows.turn import transitions
from flows.turn.cards import act_button, return_button, rows_of, show, task_args
from flows.turn.turn import Kind, Turn, bumped, task_button

LONGEST_ANALYSIS = 600


def _open(turn: Turn, act: Act, unit: str | None) -> None:
    turn.perintah = turn.perintah._replace(rekap_version=turn.perintah.rekap_version + 1)
    _compile(turn)
    transitions.open_tugas(turn, act, unit)


def _compile(turn: Turn) -> None:
    dokumen = compile_rekap(turn, rekap_tables(turn))
    turn.record("RekapCompiled", version=dokumen.version, sha256=dokumen.sha256)


def rekap_args(turn: Turn) -> dict[str, object]:
    """Message arguments of a rekap: averages, the lowest unit, rows of the lowest class."""
    units = rekap_units(turn)
    lines = row_lines(turn, {unit: _rows(turn, unit) for unit in units})
    weak = (turn.office.kategori[-1].kode, "-")
    lowest_class = [line for line in lines if line["singkat"] in weak]
    figures = office_figures(turn)
    rated = [u for u in figures["unit"] if u["mentah"] is not None]
    return {
        "angka": figures,
        "terendah": min(rated, key=lambda u: float(u["mentah"]), default=None),
        "perhatian": [{"kode": n["kode"], "capaian": n["capaian"]} for n in lowest_class],
        "versi": turn.perintah.rekap_version,
        "tanpa_unit": list(turn.perintah.skipped),
        "berubah": [c for u in units for c in changes(turn, u, _rows(turn, u))]
        if turn.sop.corrects
        else [],
        "kode": dokumen.code if (dokumen := turn.perintah.paper("rekap")) else "",
        "singkatan": turn.office.instansi.singkatan,
    }


def approval_args(turn: Turn, tugas: Tugas, person: Person) -> dict[str, object]:
    """Message arguments of a rekap for whoever gives his paraf or signature."""
    return {
        **rekap_args(turn),
        "sejak_kembali": since_return(turn, tugas, rekap_units(turn)),
        "paraf": paraf_lines(turn),
        "paraf_gugur": void_lines(turn),
        "rangkap": double_roles(turn, person, tugas.role),
    }


def _rows(turn: Turn, unit: str) -> tuple[Isian, ...]:
    data = turn.perintah.latest(unit)
    return data.rows if data else ()


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    own = task_args(turn, tugas, person)
    args = {
        **own,
        **rekap_args(turn),
        "sejak_kembali": since_return(turn, tugas, rekap_units(turn)),
        "paraf_gugur": void_lines(turn),
    }
    rows = rows_of(
        (act_button(turn, tugas), task_button(tugas, "tambah_analisis", "analisis")),
        (*return_button(turn, tugas), task_button(tugas, "lihat_data", "lihat")),
    )
    return Card("tugas_rekap", args, rows, files(turn, turn.perintah.paper("rekap"), "xlsx"))


def _put_forward(turn: Turn, tugas: Tugas) -> Decision | None:
    return complete(turn, tugas, "diajukan_rekap", versi=turn.perintah.rekap_version)


@of_open_task
def _finish(turn: Turn, tugas: Tugas, answers: Answers) -> Decision | None:
    words = str(answers["analisis"])
    turn.perintah = turn.perintah._replace(analysis=words, rekap_version=_edited_version(turn))
    _compile(turn)
    current = bumped(tugas)
    turn.perintah = turn.perintah.with_tugas(current)
    line = {"key": "analisis_dicatat", "args": {"panjang": len(words)}}
    return show(turn, current, extra={"selesai": line})


def _edited_version(turn: Turn) -> int:
    """The version for an edit: the present one, or the next if that already had a paraf."""
    version = turn.perintah.rekap_version
    return version + 1 if any(line["versi"] == version for line in void_lines(turn)) else version


ANALYSIS = Question("analisis", "tanya_analisis", shortest=10, longest=LONGEST_ANALYSIS)
ANALYSING = Dialog("analisis", {"analisis": fixed(ANALYSIS)}, _finish)

KIND = Kind(
    "rekap",
    _card,
    {"ok": _put_forward, "analisis": opener(ANALYSING), "lihat": look, "kembali": give_back},
    open_acts=_open,
    traits=Traits(gathers=True, judges=True),
)
