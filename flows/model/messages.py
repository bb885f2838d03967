"""Output of a turn: messages as keys and arguments for bot/texts.yaml, never as prose.

A `Message` has a slot: the first one is sent, the next one in the same slot edits it. So one
task is one message that is edited until the task is done.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from flows.model.addresses import callback_data
from flows.model.empty import EMPTY

# An argument filled in by the store: the head of the chain after the turn's events are in it.
JEJAK = "jejak"
AttachmentKind = Literal[
    "dokumen", "marked", "berkas", "template", "panduan", "cetak", "arsip", "beda"
]


class Button(NamedTuple):
    """`verb:ref:revision` is its callback data; `url` makes it a link instead.

    The label is texts.yaml's `tombol.<key>` with `args`, or `label` where the SOP names it.
    """

    key: str
    verb: str = ""
    ref: str = ""
    revision: int = 0
    label: str = ""
    url: str = ""
    args: Mapping[str, Any] = EMPTY

    @property
    def data(self) -> str:
        return callback_data(self.verb, self.ref, self.revision)


Rows = tuple[tuple[Button, ...], ...]


class Attachment(NamedTuple):
    """A file attached to a message.

    dokumen: paper `seq` of perintah `perintah_id` as `format`; marked: a workbook made from
    `data` when it is sent and not stored; cetak: a paper or picture drawn from `data` likewise;
    arsip: everything of the perintah; beda: differences of a sent workbook from the stored;
    berkas: evidence stored as `sha256`, `name` says of which rows, its sender's own name and the
    extension follow when it is sent; panduan: a guide packaged with the bot, by name.
    """

    kind: AttachmentKind
    name: str
    format: str = "xlsx"
    perintah_id: int = 0
    seq: int = 0
    sha256: str = ""
    data: Mapping[str, Any] = EMPTY


class Message(NamedTuple):
    """Something to say to `to`: "p31" a person, "g" the bound group, "c-100" a chat by id.

    `about` is the tugas (or "d31" draft, "b7" board) a reply to it would mean. `unique` is the
    deduplication key without its recipient; empty: derived from the command that caused it.
    `is_ring`: with sound (an edit has none). `media` is the number of a message whose file is
    replaced by the attachment.
    """

    key: str
    to: str
    args: Mapping[str, Any] = EMPTY
    rows: Rows = ()
    is_ring: bool = False
    slot: str = ""
    about: str = ""
    unique: str = ""
    attachments: tuple[Attachment, ...] = ()
    reply_to: int | None = None
    lane: int = 1
    is_pinned: bool = False
    media: int = 0


class Exchange(NamedTuple):
    """Replaces every sent copy of the rekap of `perintah_id` by its dokumen `seq`, with the line
    of `key` below its words."""

    perintah_id: int
    seq: int
    key: str
    args: Mapping[str, Any]


class ClosingLine(NamedTuple):
    """Replaces the line that closed a tugas' messages: in every chat whose message says one of
    `former` (a key, or the `hasil` of `akhir`), except in the slots `apart`, which say something
    new. `is_undone`: what such a message said before that line comes back, without its buttons;
    `args` only where that is not stored any more."""

    about: str
    former: tuple[str, ...]
    args: Mapping[str, Any]
    apart: frozenset[str] = frozenset()
    is_undone: bool = False


class Toast(NamedTuple):
    """The answer to a press; it need not arrive."""

    callback_id: str
    key: str = ""
    args: Mapping[str, Any] = EMPTY
    is_alert: bool = False


class Reaction(NamedTuple):
    """A reaction that acknowledges the person's own message."""

    chat_id: int
    message_id: int
    emoji: str = "👍"


class BoardDue(NamedTuple):
    """The group's board of a perintah has changed; its text is made when it is sent."""

    perintah_id: int


class Removal(NamedTuple):
    """Removes the buttons of a message that nobody should press any more.

    `to`: in that recipient's chat, where such a message stands; empty: in every chat.
    `is_over` False: the message will still be edited to its end. `is_whole`: the message itself
    is deleted if Telegram still allows it. Without a slot it is a copy that no slot knows (sent
    twice, its number never learned), named by chat and number.
    """

    slot: str = ""
    chat_id: int = 0
    message_id: int = 0
    is_over: bool = True
    is_whole: bool = False
    to: str = ""


class Restored(NamedTuple):
    """Shows again what the message's slot said before it asked the questions of the draft `ref`;
    `otherwise` where it has said nothing else. The questions' buttons refer to the draft. `line`
    and `rows` are put before and below what was said."""

    ref: str
    otherwise: Message | Removal
    line: "Line | None" = None
    rows: Rows = ()


class Menu(NamedTuple):
    """The command menu of a person has changed. `words`: the words of each command by their key
    in texts.yaml; a menu queued by a former version has none, and each command its own name."""

    to: str
    commands: tuple[str, ...]
    words: tuple[str, ...] = ()


Outgoing = (
    Message | Exchange | Restored | ClosingLine | Toast | Reaction | BoardDue | Removal | Menu
)


class Line(NamedTuple):
    """A sentence by key, inserted into another message; with a slot it stands for itself."""

    key: str
    args: Mapping[str, Any]
    slot: str = ""


class Card(NamedTuple):
    """A task message: text by key, buttons, files. `slot` names a message that several tugas of
    one person share (the Kasubag's board); else each tugas has its own."""

    key: str
    args: Mapping[str, Any] = EMPTY
    rows: Rows = ()
    attachments: tuple[Attachment, ...] = ()
    slot: str = ""
