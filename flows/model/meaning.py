"""Rules for which perintah and tugas a command means: by button, reply, file or default."""

import re
from typing import NamedTuple

from flows.forms.form import Sheet
from flows.model.addresses import Ref, ref_to
from flows.model.commands import Command, Pressed, Said, Sent
from flows.model.conversation import Draft
from flows.model.perintah import Tugas
from flows.model.proof import claims
from flows.model.view import View
from flows.text.words import is_row_like, row_said, stranger_said

# The verb of a button that runs a chat command.
MENU = "menu"
RESUMING = "lanjutkan"
NUMBER = re.compile(r"(\d{1,9})(?:/(\d{4}))?", re.ASCII)


class Nomor(NamedTuple):
    """A perintah by its typed number; without a year (0) the newest with that number."""

    number: int
    year: int


def guessed(command: Command, view: View) -> Ref | None:
    """The meaning that the command shows before its message has been looked up."""
    if not isinstance(command, Pressed):
        return _of_draft(view)
    if (waiting := paused_of(command, view)) is not None:
        return _about(Ref.read(waiting.about), view)
    return _about(command.ref, view)


def paused_of(press: Pressed, view: View) -> Draft | None:
    """The interrupted dialog with which the press goes on."""
    if press.verb != RESUMING:
        return None
    return next((d for d in view.paused if (d.ref, d.revision) == _draft_of(press)), None)


def _draft_of(press: Pressed) -> tuple[str, int]:
    return press.ref.text, press.revision


def meant_by(
    command: Command, view: View, fills: tuple[Tugas, ...], sent: tuple[Tugas, ...] = ()
) -> Ref | Nomor | None:
    """The meaning by a view with draft, slot, heads and the person's tugas; `fills` are those that
    take a workbook, `sent` the parts he has sent, by their last tugas with all codes of the part.
    A number in the result is still to be looked up."""
    match command:
        case Pressed():
            name = command.ref.name if command.verb == MENU else ""
            return guessed(command, view) or _of_slot(view) or _running(name, view)
        case Said():
            return _asked(command, view, fills, sent)
        case Sent():
            return (
                _tugas_of_slot(view)
                or _of_sheet(command, fills)
                or _of_draft(view)
                or _only(fills)
                or _of_slot(view)
                or _named(command)
            )
    return None


def may_name_row(command: Command, view: View) -> bool:
    """Whether the words may name a row by its code, and answer no question."""
    if not isinstance(command, Said) or command.command or view.draft is not None:
        return False
    return is_row_like(command.text)


def _asked(
    said: Said, view: View, fills: tuple[Tugas, ...], sent: tuple[Tugas, ...]
) -> Ref | Nomor | None:
    numbered = NUMBER.fullmatch(said.rest)
    if numbered:
        return Nomor(int(numbered[1]), int(numbered[2] or 0))
    found = (
        _of_row(said.text.strip(), view, fills)
        or _of_sent_row(said.text.strip(), view, sent)
        or _tugas_of_slot(view)
        or _of_draft(view)
        or _only(view.todo)
        or _of_slot(view)
    )
    return found or _running(said.command, view)


def _running(name: str, view: View) -> Ref | None:
    """What a command that shows one perintah means without a number: the running one."""
    if name not in view.setting.showing:
        return None
    running = [head for head in view.heads if head.status == "berjalan"]
    newest = next((head.id for head in (*running, *view.heads)), None)
    return Ref.read(ref_to("perintah", newest)) if newest else None


def _of_row(text: str, view: View, fills: tuple[Tugas, ...]) -> Ref | None:
    """The person's filling that has the row named in the text, unless the text answers a question;
    of several, the one replied to."""
    if view.draft is not None:
        return None
    replied = _tugas_of_slot(view)
    named = tuple(t for t in fills if row_said(text, t.codes))
    if not named and replied is None:
        named = tuple(t for t in fills if stranger_said(text, t.codes))
    is_told = replied is not None and replied.text in [t.ref for t in named]
    return replied if is_told else _only(named)


def _of_sent_row(text: str, view: View, sent: tuple[Tugas, ...]) -> Ref | None:
    """The sent part that has the row named, unless the words reply to another tugas."""
    named = tuple(t for t in sent if row_said(text, t.codes))
    replied = _tugas_of_slot(view)
    if replied is None:
        return _only(named)
    return replied if replied.text in [t.ref for t in named] else None


def _of_slot(view: View) -> Ref | None:
    return _about(Ref.read(view.slot.about), view) if view.slot else None


def _tugas_of_slot(view: View) -> Ref | None:
    """The tugas of a slot; a reply to the group's board means the perintah but no tugas."""
    found = _of_slot(view)
    return found if found is not None and found.target == "tugas" else None


def _of_draft(view: View) -> Ref | None:
    found = Ref.read(view.draft.about) if view.draft else Ref()
    return found if found.perintah_id is not None else None


def _about(ref: Ref, view: View) -> Ref | None:
    if ref.perintah_id is not None:
        return ref
    is_his = view.draft is not None and ref.text == view.draft.ref
    return _of_draft(view) if is_his else None


def _of_sheet(command: Sent, fills: tuple[Tugas, ...]) -> Ref | None:
    """The person's filling for which the sheet was made."""
    meta = command.sheet.meta if isinstance(command.sheet, Sheet) else {}
    made_for = (meta.get("perintah"), meta.get("unit"))
    return _only(tuple(t for t in fills if (str(t.perintah_id), t.unit) == made_for))


def _named(command: Sent) -> Ref | None:
    """The perintah named in the sheet, if the sender himself has nothing to fill in."""
    _, number, _ = claims(command)
    return Ref.read(ref_to("perintah", int(number[:9]))) if number else None


def _only(todo: tuple[Tugas, ...]) -> Ref | None:
    return Ref.read(todo[0].ref) if len(todo) == 1 else None
