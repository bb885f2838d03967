"""Recipients, refs, callback data and slot names: built and read here alone.

They stand in stored rows and under buttons in chats: what is built stays byte for byte as it is.
"""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Numbered = Literal["perintah", "board", "draft", "invite", "permohonan", "parcel"]
RefKind = Literal["", "tugas", "command", Numbered]
# "papan" is a message that several tugas of one person stand in; a "keberatan", that an act was
# recorded, stands beyond its tugas, to be objected to.
Purpose = Literal[
    "papan", "keberatan", "ingat", "mohon", "grup", "konsep", "daftar", "tanpa", "notulen"
]

# Of recipients: a person's letter is followed by his id, a chat's by its own.
PERSON, GROUP, CHAT = "p", "g", "c"
LETTERS: Mapping[Numbered, str] = {
    "perintah": "p", "board": "b", "draft": "d", "invite": "i", "permohonan": "m", "parcel": "o",
}  # fmt: skip
_KINDS = {letter: kind for kind, letter in LETTERS.items()}
# Ids of nine digits at most: what is typed or forged must not be larger than a column.
_REF = re.compile(r"([pbdimo])(\d{1,9})|(\d{1,9})-(\d{1,9})|k([^.]+)(?:\.(.+))?", re.ASCII)
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
    """Of a command or an SOP by its word, the latter with the period that is offered."""
    return f"k{name}.{period}" if period else f"k{name}"


def preview_ref(tugas: str) -> str:
    """Of data that are only shown: a reply to them means no tugas."""
    return f"lihat{tugas}"


class Ref(NamedTuple):
    """What a button, a message or a draft is about; anything odd has no target.

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
    """Callback data is trusted for nothing: anything odd is no verb and refers to nothing."""
    found = _PRESS.fullmatch(data)
    return (found[1], Ref.read(found[2]), int(found[3])) if found else ("", Ref(), 0)


def slot_name(purpose: Purpose, *parts: str | int) -> str:
    return ":".join((purpose, *map(str, parts)))


def task_slot(tugas: str, person_id: int) -> str:
    """The message of a tugas in the chat of one person."""
    return f"t{tugas}:{to_person(person_id)}"


def answer_slot(command_key: str, number: int, *, is_below: bool = False) -> str:
    """The answer of that number to one command."""
    return f"{command_key}:{number}{'b' if is_below else ''}"


def is_slot(name: str, purpose: Purpose, *parts: str | int) -> bool:
    """Whether the name is of that purpose and begins with those parts."""
    return name.startswith(f"{slot_name(purpose, *parts)}:")


def slot_part(name: str, index: int) -> str:
    """A part of the name, counted from 0 behind its purpose."""
    return name.split(":")[index + 1]
