"""Sent messages that may be edited (slots), and unfinished dialogs (drafts)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from flows.model.addresses import ref_to
from flows.model.empty import EMPTY

# The answer that holds the dialogs which others have interrupted.
PAUSED = "_tunda"
# The answer of a draft that names the concept it was begun with.
CONCEPT = "konsep"
# The answer of what is picked on the page of a list.
PICKED = "_pilih"


class Slot(NamedTuple):
    """A message in a chat that may still be edited. `to` as in Message.

    `is_asking`: a question is open in it.
    """

    name: str
    to: str
    about: str
    is_live: bool
    has_file: bool = False
    message_id: int | None = None
    is_asking: bool = False


class Draft(NamedTuple):
    """A person's unfinished dialog; this row is its whole state.

    `about` is a tugas ("7-12"), a perintah ("p7") or empty; `slot` is the message of its question.
    """

    person_id: int
    dialog: str
    about: str
    slot: str
    started_at: datetime
    answers: Mapping[str, Any] = EMPTY
    revision: int = 0

    @property
    def ref(self) -> str:
        return ref_to("draft", self.person_id)

    @property
    def is_begun(self) -> bool:
        """Whether anything has been answered or picked."""
        return any(not name.startswith("_") or name == PICKED for name in self.answers)


def packed(draft: Draft | None, paused: tuple[Draft, ...]) -> Draft | None:
    """The draft as it is stored, with those that wait; without a dialog where only these are."""
    if not paused:
        return draft
    waiting = [
        {**each._asdict(), "started_at": each.started_at.isoformat(), "answers": {**each.answers}}
        for each in paused
    ]
    stored = draft or paused[-1]._replace(dialog="", about="", slot="", answers=EMPTY)
    return stored._replace(answers={**stored.answers, PAUSED: waiting})


def unpacked(stored: Draft | None) -> tuple[Draft | None, tuple[Draft, ...]]:
    """The open dialog of the stored draft, and those that wait."""
    if stored is None or PAUSED not in stored.answers:
        return stored, ()
    paused = tuple(
        Draft(**{**each, "started_at": datetime.fromisoformat(each["started_at"])})
        for each in stored.answers[PAUSED]
    )
    answers = {name: value for name, value in stored.answers.items() if name != PAUSED}
    return (stored._replace(answers=answers) if stored.dialog else None), paused
