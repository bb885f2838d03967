"""Recipients, refs, callback data and slot names; no other module builds or reads them.

They are stored in rows and in buttons of sent messages: their bytes must never change.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

Numbered = Literal["perintah", "board", "draft", "invite", "permohonan", "outbox"]
RefKind = Literal["", "tugas", "command", Numbered]
# "papan" is a message that several tugas of one person share; "keberatan" tells of a recorded
# act and remains after its tugas has ended, for an objection; "catatan" is a record of what a
# person has told or was told, which keeps its words; "tolak" says why an answer to a question
# was not taken.
Purpose = Literal[
    "papan", "keberatan", "ingat", "mohon", "grup", "konsep", "daftar", "tanpa", "notulen",
    "catatan", "tolak",
]  # fmt: skip

# Letters of recipients, followed by the id of a person or of a chat.
PERSON, GROUP, CHAT = "p", "g", "c"
LETTERS: Mapping[Numbered, str] = {
    "perintah": "p", "board": "b", "draft": "d", "invite": "i", "permohonan": "m", "outbox": "o",
}  # fmt: skip
_PURPOSES = frozenset(get_args(Purpose))
_KINDS = {letter: kind for kind, letter in LETTERS.items()}
# Ids have nine digits at most: a typed or forged one must fit the integer column.
_REF = re.compile(r"([pbdimo])(\d{1,9})|(\d{1,9})-(\d{1,9})|k([^.]+)(?:\.(.+))?", re.ASCII)
_TASK_SLOT = re.compile(r"t\d{1,9}-\d{1,9}:", re.ASCII)
_PRESS = re.compile(r"([^:]*):([^:]*):(\d{1,9})", re.ASCII)


def to_person(person_id: int) -> str:
    return f"{PERSON}{person_id}"


def to_chat(chat_id: int) -> str:
    return f"{CHAT}{chat_id}"


def to_press(callback_id: str) -> str:
    return f"q{callback_id}"


def person_of(recipient: str) -> int | None:
    return int(recipient[1:]) if recipient[:1] == PERSON else None


def chat_of(recipient: str) -> int | None:
    return int(recipient[1:]) if recipient[:1] == CHAT else None


def ref_to(kind: Numbered, number: int) -> str:
    return f"{LETTERS[kind]}{number}"


def tugas_ref(perintah_id: int, seq: int) -> str:
    return f"{perintah_id}-{seq}"


def command_ref(name: str, period: str = "") -> str:
    """The ref of a command, or of an SOP with the period offered."""
    return f"k{name}.{period}" if period else f"k{name}"


def preview_ref(tugas: str) -> str:
    """The ref of data that are only shown: a reply to them means no tugas."""
    return f"lihat{tugas}"


class Ref(NamedTuple):
    """What a button, a message or a draft is about; a malformed ref has no target.

    `id` is that of the perintah for a tugas and a board, else of what `target` says; `name` and
    `period` are those of `command_ref`.
    """

    text: str = ""
    target: RefKind = ""
    id: int = 0
    seq: int = 0
    name: str = ""
    period: str = ""

    @classmethod
    @lru_cache(maxsize=1024)  # the same few are asked for again and again in one decision
    def read(cls, text: str) -> "Ref":
        found = _REF.fullmatch(text)
        if found is None:
            return cls(text)
        letter, number, perintah, seq, name, period = found.groups("")
        if letter:
            return cls(text, _KINDS[letter], int(number))
        if perintah:
            return cls(text, "tugas", int(perintah), int(seq))
        return cls(text, "command", name=name, period=period)

    @property
    def perintah_id(self) -> int | None:
        return self.id if self.target in ("tugas", "perintah", "board") else None


def callback_data(verb: str, ref: str, revision: int) -> str:
    return f"{verb}:{ref}:{revision}"


def read_callback(data: str) -> tuple[str, Ref, int]:
    """Parses callback data, which may be forged: malformed data give no verb and an empty ref."""
    found = _PRESS.fullmatch(data)
    return (found[1], Ref.read(found[2]), int(found[3])) if found else ("", Ref(), 0)


def slot_name(purpose: Purpose, *parts: str | int) -> str:
    return ":".join((purpose, *map(str, parts)))


def task_slot(tugas: str, person_id: int) -> str:
    """The slot of a tugas' message in the chat of one person."""
    return f"t{tugas}:{to_person(person_id)}"


def is_task_slot(name: str) -> bool:
    return _TASK_SLOT.match(name) is not None


def answer_slot(command_key: str, number: int, *, is_below: bool = False) -> str:
    """The slot of the numbered answer to one command."""
    return f"{command_key}:{number}{'b' if is_below else ''}"


def is_slot(name: str, purpose: Purpose, *parts: str | int) -> bool:
    """Whether the slot name has that purpose and begins with those parts."""
    return name.startswith(f"{slot_name(purpose, *parts) if parts else purpose}:")


def is_answer(name: str) -> bool:
    """Whether the slot is that of an answer to one command: of no task and no purpose."""
    purpose, *_ = name.split(":", 1)
    return bool(name) and purpose not in _PURPOSES and not is_task_slot(name)


def slot_part(name: str, index: int) -> str:
    """A part of the slot name, counted from 0 after its purpose."""
    return name.split(":")[index + 1]
