"""Files given as evidence: photos and PDF, which every reader can open."""

from functools import partial
from typing import Any

from flows.dialogs.question import Answers, Ask, Question
from flows.model.changes import Decision
from flows.model.commands import Sent
from flows.text.plain import clean_text
from flows.turn.turn import Turn

# Their look depends on the reader's program, or they have to be unpacked before anything is seen.
UNFIT = (
    *(".docx", ".doc", ".rtf", ".odt", ".pages", ".txt", ".pptx", ".ppt", ".odp"),
    *(".zip", ".rar", ".7z"),
)


def unfit(turn: Turn, sent: Sent, about: str = "") -> Decision | None:
    """The refusal of a file that is no evidence by its name, else None."""
    if not sent.name.casefold().endswith(UNFIT):
        return None
    return turn.refuse("bukti_tak_terbaca", {"nama": sent.name}, about=about)


def asking(name: str, text: str, *, shortest: int = 1, longest: int = 0) -> Ask:
    """A question answered by evidence or, with `longest`, by words."""

    def ask(turn: Turn, answers: Answers) -> Question:
        read = partial(_read, turn)
        return Question(
            name, text, shortest=shortest, longest=longest, takes_file=True, read_file=read
        )

    return ask


def _read(turn: Turn, sent: Sent) -> Any:
    return unfit(turn, sent) or {
        "sha256": sent.sha256,
        "nama": sent.name,
        "teks": clean_text(sent.caption),
    }
