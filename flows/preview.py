"""Lihat data: a unit's rows in the chat, page by page, the worst first."""

from dataclasses import replace

from flows.cards import task_args
from flows.figures import merged_rows, row_lines
from flows.messages import Button, Rows
from flows.perintah import Tugas
from flows.turn import Turn, button
from flows.view import Decision

PAGE = 8


def look(turn: Turn, tugas: Tugas) -> Decision | None:
    """A silent message of its own; the task message stays as it is."""
    _say(turn, tugas, 0, is_below=True)
    return None


def turn_page(turn: Turn, tugas: Tugas, page: int) -> Decision | None:
    _say(turn, tugas, page, is_below=False)
    return None


def units_seen(turn: Turn, tugas: Tugas) -> tuple[str, ...]:
    """The holder of a unit's tugas sees that unit; of the office's, every unit that has data."""
    if tugas.unit is not None:
        return (tugas.unit,)
    return tuple(u for u in turn.office.unit_codes if turn.perintah.latest(u) is not None)


def _say(turn: Turn, tugas: Tugas, page: int, *, is_below: bool) -> None:
    lines = [
        {**line, "unit": unit}
        for unit in units_seen(turn, tugas)
        for line in row_lines(turn, unit, merged_rows(turn, unit))
    ]
    pages = max(1, -(-len(lines) // PAGE))
    page = max(0, min(page, pages - 1))
    args = {
        **task_args(turn, tugas),
        "baris": lines[page * PAGE : (page + 1) * PAGE],
        "hal": page + 1,
        "dari_hal": pages,
    }
    turn.answer(
        "lihat_data", args, _rows(tugas, page, pages), about=f"lihat{tugas.ref}", is_below=is_below
    )


def _rows(tugas: Tugas, page: int, pages: int) -> Rows:
    def at(key: str, target: int, **words: int) -> Button:
        return replace(button(key, f"l{target}", tugas.ref, tugas.revision), args=words)

    shut = (button("tutup", "tutup", tugas.ref, tugas.revision),)
    if pages == 1:
        return (shut,)
    turning = (
        at("sebelum", max(page - 1, 0)),
        at("halaman", page, hal=page + 1, dari=pages),
        at("sesudah", min(page + 1, pages - 1)),
    )
    return (turning, shut)
