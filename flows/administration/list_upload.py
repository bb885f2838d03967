"""A list sent in the chat: accepted whole, or refused with its mistakes and their cells."""

from collections.abc import Callable
from typing import TypeVar

from flows.forms.form import Sheet, Unreadable
from flows.forms.lists import ListInvalid, ListMistake
from flows.model.changes import Decision
from flows.model.commands import Sent
from flows.office.kantor import Office
from flows.turn.turn import Turn

Row = TypeVar("Row")
ReadList = Callable[[Sheet, Office, str], tuple[Row, ...]]


def read_list(
    turn: Turn, sent: Sent, read: ReadList[Row], *, refusal: str, shown: int
) -> tuple[Row, ...] | Decision:
    """The rows, or a refusal with text `key` and at most `shown` of the mistakes."""
    if not isinstance(sent.sheet, Sheet):
        reason = sent.sheet or Unreadable("not_workbook")
        args = {"nama": sent.name, "batas": None, **reason.detail}
        return turn.refuse(f"tolak_{reason.reason}", args)
    try:
        return read(sent.sheet, turn.office, sent.name)
    except ListInvalid as invalid:
        lines = [_mistake(one) for one in invalid.mistakes[:shown]]
        words = {"nama": sent.name, "salah": lines, "jumlah": len(invalid.mistakes)}
        return turn.refuse(refusal, words)


def _mistake(one: ListMistake) -> dict[str, str]:
    return {
        "aturan": one.rule,
        "sel": one.cell,
        "kolom": one.column,
        "kode": one.subject,
        "nilai": one.value,
        "rincian": one.detail,
        "contoh": one.example,
    }
