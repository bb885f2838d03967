"""The plot of the automatic play: figures, planned mistakes, acts done."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from simulator.players.day import OfficeDay
from simulator.players.figures import NOTE, REALISASI, Entries, Figures
from simulator.world.world import Message, Person, World

MISTYPED = ("KBK-03", "3.9l2")
RECHECKED = "Sudah dicocokkan kembali dengan laporan bidang (ke-{})."
SENTENCE = "Semua data sampai dengan akhir triwulan, dari laporan bidang."
RETURN_NOTE = "Mohon angkanya dicocokkan kembali dengan laporan bidang."
FINDING_NOTE = "Angka tidak sesuai dengan rekap instansi terkait."

_VERSION = re.compile(r"\b(?:Data|Rekap) .+?\(versi \d+\)")


@dataclass(frozen=True, slots=True)
class Intent:
    """A button's label, and what is ready to be typed in the dialog behind it."""

    label: str
    lines: tuple[str, ...] = ()
    sentence: str = SENTENCE


@dataclass(slots=True)
class Story:
    world: World
    figures: Figures
    say: Callable[[str], None]
    day: OfficeDay
    returns: dict[str, str] = field(init=False)
    meant: dict[str, str] = field(default_factory=dict)
    is_mistype_ahead: bool = True
    is_correcting: bool = False
    signed_after: int | None = None
    acts: int = 0
    last: str = ""

    def __post_init__(self) -> None:
        first_corrected = next(iter(self.figures.corrected))
        self.returns = {"Validasi": unit_of(MISTYPED[0]), "Setujui": unit_of(first_corrected)}

    def tell(self, person: Person, act: str) -> None:
        """Reports one act in a line and advances the clock."""
        self.acts += 1
        self.last = f"{self.world.clock.now():%H.%M} {post_of(person)}: {act}"
        self.say(self.last)
        self.day.act()

    def intent(self, person: Person, message: Message, label: str) -> Intent:
        """The act as labelled, or what the plot has planned in its place."""
        if label == "Tanda tangani":
            return self._at_signing(message)
        unit = self.returns.get(label)
        told = f"{message.content.text} {person.note}"
        is_his = unit is not None and re.search(rf"\b{re.escape(unit)}\b", told)
        if is_his and self._is_meant(label, message):
            return Intent("Kembalikan", sentence=RETURN_NOTE)
        return Intent(label)

    def entries(self, codes: Iterable[str], times: int) -> Entries:
        """What goes into a form with these codes, filled in `times` before: each time with a new
        note, as a form that came back is taken only with something new in it."""
        known = self.figures.corrected if self.is_correcting else self.figures.reported
        entries: dict[str, dict[str, Any]] = {c: dict(known[c]) for c in codes if c in known}
        code, wrong = MISTYPED
        if self.is_mistype_ahead and not self.is_correcting and code in entries:
            self.is_mistype_ahead = False
            entries[code][REALISASI] = wrong
        if times and entries:
            next(iter(entries.values()))[NOTE] = RECHECKED.format(times)
        return entries

    def _at_signing(self, message: Message) -> Intent:
        if self._is_meant("Tanda tangani", message):
            self.is_correcting = True
            codes = ", ".join(self.figures.corrected)
            return Intent("Ada kesalahan", (codes, FINDING_NOTE))
        if self.signed_after is None:
            self.signed_after = self._last_group_post()
        return Intent("Tanda tangani")

    def _is_meant(self, label: str, message: Message) -> bool:
        """What the story has in mind is for the version first come upon: as often as that one is
        offered, for a press may come to nothing, and for no later one."""
        subject = subject_of(message)
        return self.meant.setdefault(label, subject) == subject

    def _last_group_post(self) -> int:
        group = self.world.chats.get(self.world.office_group or 0)
        return max(group.messages, default=0) if group else 0


def subject_of(message: Message) -> str:
    """The data or rekap a message is about, with its version; else the message itself."""
    found = _VERSION.search(message.content.text)
    return found[0] if found else str(message.id)


def post_of(person: Person) -> str:
    """His posts, each once; a person without any is called by his name."""
    return ", ".join(dict.fromkeys(person.note.split(", "))) or person.name


def unit_of(code: str) -> str:
    return code.partition("-")[0]
