"""Sent messages that may be edited (slots), and unfinished dialogs (drafts)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from flows.model.addresses import ref_to
from flows.model.empty import EMPTY

# The answer of a draft that names the concept it was begun with.
CONCEPT = "konsep"


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
