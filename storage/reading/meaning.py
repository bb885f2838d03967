"""Which perintah and tugas a command means: pressed, replied to, sent for, or his only one."""

import re
from dataclasses import dataclass

from sqlmodel import Session, col, select

from flows.filling.row_said import row_said, stranger_said
from flows.forms.form import Sheet
from flows.model.commands import Command, Pressed, Said, Sent
from flows.model.perintah import Tugas
from flows.model.view import View
from storage.rows.tables import PerintahRow

# Ids of nine digits at most: what is typed or forged must not be larger than a column.
REFERENCE = re.compile(r"(?:([pbd])(\d{1,9})|(\d{1,9})-(\d{1,9}))", re.ASCII)
NUMBER_GIVEN = re.compile(r"/[a-z]+(?:@\w+)?\s+(\d{1,9})(?:/(\d{4}))?", re.ASCII | re.IGNORECASE)
SHOWING = re.compile(
    r"/(?:status|rekap|disposisi|notulen|sop|arsip|hentikan|ubah)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reference:
    """What is meant: a tugas of a perintah, or the perintah alone."""

    perintah_id: int
    seq: int | None = None


class Meaning:
    """`fillings`: the refs of the open tugas by which figures are filled in."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.fillings: frozenset[str] = frozenset()

    def meant(self, command: Command, view: View) -> Reference | None:
        match command:
            case Pressed():
                return guessed(command, view) or _of_slot(view)
            case Said(text=text):
                return self._asked(text.strip(), view)
            case Sent():
                fills = self._fills(view)
                return (
                    _tugas_of_slot(view)
                    or _of_sheet(command, fills)
                    or _of_draft(view)
                    or _only(fills)
                    or _of_slot(view)
                    or _named(command)
                )
        return None

    def _asked(self, text: str, view: View) -> Reference | None:
        numbered = NUMBER_GIVEN.fullmatch(text)
        if numbered:
            return self._numbered(int(numbered[1]), numbered[2])
        found = (
            self._of_row(text, view)
            or _tugas_of_slot(view)
            or _of_draft(view)
            or _only(view.todo)
            or _of_slot(view)
        )
        if found is None and SHOWING.match(text):
            running = [head for head in view.heads if head.status == "berjalan"]
            found = next((Reference(head.id) for head in (*running, *view.heads)), None)
        return found

    def _fills(self, view: View) -> tuple[Tugas, ...]:
        return tuple(t for t in view.todo if t.ref in self.fillings)

    def _of_row(self, text: str, view: View) -> Reference | None:
        """His own filling with the row that the text names, unless it answers a question; where
        several have it, the one replied to."""
        if view.draft is not None:
            return None
        fills, replied = self._fills(view), _tugas_of_slot(view)
        named = tuple(t for t in fills if row_said(text, t.codes))
        if not named and replied is None:
            named = tuple(t for t in fills if stranger_said(text, t.codes))
        is_told = any(replied == Reference(t.perintah_id, t.seq) for t in named)
        return replied if is_told else _only(named)

    def _numbered(self, number: int, year: str | None) -> Reference | None:
        query = select(PerintahRow.id).where(col(PerintahRow.number) == number)
        if year:
            query = query.where(col(PerintahRow.year) == int(year))
        found = self._session.exec(query.order_by(col(PerintahRow.year).desc())).first()
        return Reference(found) if found else None


def guessed(command: Command, view: View) -> Reference | None:
    """What is known before the message it came from has been looked up."""
    if isinstance(command, Pressed):
        return _reference(ref_of(command.data), view)
    return _of_draft(view)


def ref_of(data: str) -> str:
    """Of callback data `verb:ref:revision`, which anybody may have made up."""
    parts = data.split(":")
    return parts[1] if len(parts) == 3 else ""


def _of_slot(view: View) -> Reference | None:
    return _reference(view.slot.about, view) if view.slot else None


def _tugas_of_slot(view: View) -> Reference | None:
    """A reply to the board of the group means the perintah, but no tugas of it."""
    found = _of_slot(view)
    return found if found is not None and found.seq is not None else None


def _of_draft(view: View) -> Reference | None:
    return _reference(view.draft.about, view) if view.draft else None


def _reference(ref: str, view: View) -> Reference | None:
    found = REFERENCE.fullmatch(ref)
    if found is None:
        return None
    if found[3]:
        return Reference(int(found[3]), int(found[4]))
    if found[1] in "pb":
        return Reference(int(found[2]))
    if view.draft and ref == view.draft.ref and view.draft.about != ref:
        return _of_draft(view)
    return None


def _of_sheet(command: Sent, fills: tuple[Tugas, ...]) -> Reference | None:
    """His own filling that the sheet was made for."""
    meta = command.sheet.meta if isinstance(command.sheet, Sheet) else {}
    made_for = (meta.get("perintah"), meta.get("unit"))
    return _only(tuple(t for t in fills if (str(t.perintah_id), t.unit) == made_for))


def _named(command: Sent) -> Reference | None:
    """The perintah the sheet names, where the sender has nothing of his own to fill in."""
    meta = command.sheet.meta if isinstance(command.sheet, Sheet) else {}
    found = REFERENCE.fullmatch(f"p{meta.get('perintah')}")
    return Reference(int(found[2])) if found else None


def _only(todo: tuple[Tugas, ...]) -> Reference | None:
    return Reference(todo[0].perintah_id, todo[0].seq) if len(todo) == 1 else None
