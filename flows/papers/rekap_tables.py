"""Further sheets of a rekap: changes, notes, and the trail of acts."""

from collections.abc import Iterable
from decimal import Decimal

from flows.figures.doubts import REASON, SAME, warnings_of
from flows.figures.unit_rows import baseline, form_of, indicators_of, rekap_units
from flows.forms.form import Indicator, Isian, Role
from flows.model.perintah import Tugas
from flows.office.people import by_mandate
from flows.papers.facts import Amount, Entry, Table, TableColumn
from flows.papers.filing import doer
from flows.papers.rekap import by_hand
from flows.papers.unit_forms import entry
from flows.turn.turn import Turn

CONTENTS: tuple[Role, ...] = ("realisasi", "sumber", "bukti", "keterangan")
MOST_PRINTED = 30
Line = tuple[Entry, ...]
DOUBTS = {
    "W01": "Capaian {capaian}%",
    "W02": "Lebih rendah dari periode lalu ({former})",
    "W03": "Berubah lebih dari separuh dari periode lalu ({former})",
}


def rekap_tables(turn: Turn) -> tuple[Table, ...]:
    """Semula-Menjadi of a correction, Catatan, Jejak; Jejak is not in the printed paper."""
    tables = (_changes(turn), _notes(turn), _trail(turn))
    return tuple(table for table in tables if table.rows)


def _table(
    name: str, columns: Iterable[tuple[str, float]], rows: list[Line], **printed: bool
) -> Table:
    heads = tuple(TableColumn(heading=heading, width=width) for heading, width in columns)
    return Table(name=name, columns=heads, rows=tuple(rows), **printed)


def _changes(turn: Turn) -> Table:
    """Each changed cell with its reason and evidence."""
    columns = (
        ("Unit", 8), ("Kode", 10), ("Kolom", 16), ("Semula", 14), ("Menjadi", 14), ("Alasan", 44),
        ("Bukti", 36),
    )  # fmt: skip
    rows: list[Line] = []
    for unit in rekap_units(turn) if turn.sop.corrects else ():
        data = turn.perintah.latest(unit)
        before = baseline(turn.perintah, unit)
        for row in data.rows if data else ():
            if row.kode in before:
                rows += _cells(turn, unit, before[row.kode], row)
    return _table("Semula-Menjadi", columns, rows)


def _cells(turn: Turn, unit: str, old: Isian, new: Isian) -> list[Line]:
    notes = {t.kode: t.note for t in turn.perintah.temuan if t.verdict != "gugur"}
    reason = notes.get(new.kode) or new.keterangan
    proof = new.bukti or (f"{len(new.evidence)} berkas" if new.evidence else "")
    cells: list[Line] = []
    for role in CONTENTS:
        former, latter = _shown(turn, unit, old, role), _shown(turn, unit, new, role)
        if former != latter:
            column = form_of(turn).column(role)
            name = column.name if column else role
            cells.append((unit, new.kode, name, former, latter, reason, proof))
    return cells


def _shown(turn: Turn, unit: str, row: Isian, role: Role) -> Entry:
    if role != "realisasi":
        return str(getattr(row, role))
    if row.is_na:
        return "n/a"
    places = {i.kode: i.desimal for i in indicators_of(turn, unit)}
    return entry(row.realisasi, places.get(row.kode, 2))


def _notes(turn: Turn) -> Table:
    """Warnings with their answers, n/a with its reason, units left out."""
    columns = (("Unit", 8), ("Kode", 10), ("Nilai", 14), ("Catatan", 46), ("Jawaban", 46))
    rows: list[Line] = [
        (unit, "", "", "Rekap tanpa unit ini", reason)
        for unit, reason in turn.perintah.skipped.items()
    ]
    for unit in rekap_units(turn):
        data = turn.perintah.latest(unit)
        filled = {row.kode: row for row in data.rows} if data else {}
        for indicator in indicators_of(turn, unit):
            row = filled.get(indicator.kode)
            if row is None:
                rows.append((unit, indicator.kode, "", "Tidak diisi", ""))
            else:
                rows += _remarks(turn, unit, indicator, row)
    return _table("Catatan", columns, rows, is_printed=len(rows) <= MOST_PRINTED)


def _remarks(turn: Turn, unit: str, indicator: Indicator, row: Isian) -> list[Line]:
    value = _shown(turn, unit, row, "realisasi")
    said = row.answers.get(REASON) or row.keterangan
    rows: list[Line] = []
    if row.is_na:
        rows.append((unit, row.kode, value, "Data belum tersedia (n/a)", row.keterangan))
    for warning in warnings_of(turn, indicator, row):
        args = {key.removeprefix("x_"): text for key, text in warning.items()}
        words = DOUBTS[warning["kode_aturan"]].format_map(args)
        rows.append((unit, row.kode, value, words, said))
    same = row.answers.get(SAME)
    if same:
        rows.append((unit, row.kode, value, f"Sama persis dengan {same}", "Dipastikan benar"))
    return rows


def _trail(turn: Turn) -> Table:
    """Each act: person, time, and used working minutes of the standard."""
    columns = (
        ("Langkah", 9), ("Unit", 8), ("Kegiatan", 46), ("Oleh", 34), ("Selaku", 30), ("Mulai", 17),
        ("Selesai", 17), ("Menit kerja", 12), ("Terkendala", 12), ("Standar", 10), ("Hasil", 20),
    )  # fmt: skip
    done = [t for t in turn.perintah.tugas if t.finished_at is not None and t.outcome]
    done.sort(key=lambda t: (t.finished_at or turn.now, t.seq))
    return _table("Jejak", columns, [_act(turn, t) for t in done], is_printed=False)


def _act(turn: Turn, tugas: Tugas) -> Line:
    act = turn.act(tugas)
    step = turn.sop.step_of(tugas.act)
    role = turn.office.role(tugas.role).label
    end = tugas.finished_at or turn.now
    start, calendar = tugas.clock_from or tugas.opened_at, turn.view.setting.calendar
    passed, used = calendar.used(start, end), calendar.used(start, end, tugas.pauses)
    again = f" (ke-{tugas.round})" if tugas.round > 1 else ""
    return (
        f"{step.number}" if step else "penutup",
        tugas.unit or "",
        (step.uraian if step else act.uraian or act.label or "") + again,
        f"{doer(turn, tugas) or 'Sistem'}{by_hand(turn, tugas)}",
        by_mandate(tugas.finished_as, role),
        f"{turn.local(tugas.opened_at):%d-%m-%Y %H.%M}",
        f"{turn.local(end):%d-%m-%Y %H.%M}",
        Amount(value=Decimal(used), desimal=0),
        Amount(value=Decimal(passed - used), desimal=0) if tugas.pauses else "-",
        Amount(value=Decimal(tugas.minutes), desimal=0) if tugas.minutes is not None else "-",
        tugas.outcome.replace("_", " "),
    )
