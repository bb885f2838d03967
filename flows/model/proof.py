"""What the record knows of a paper somebody asks about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.forms.form import Sheet
from flows.model.commands import Command, Said, Sent, command_in
from flows.office.period import Period
from flows.text.codes import code_in


@dataclass(frozen=True, slots=True)
class SopApproval:
    """`sha256` is a fingerprint of the SOP, of any version: who changes what is executed or
    printed makes the SOP unapproved again."""

    sop: str
    version: int
    sha256: str
    person_id: int
    mandate: str
    at: datetime

    @property
    def code(self) -> str:
        return f"{self.sha256[:4]}-{self.sha256[4:8]}".upper()


# The dialog that waits for a paper or its code, as drafts name it.
VERIFYING_DIALOG = "periksa"
ASKING = "verifikasi"
LINKED = re.compile(r"v_([0-9A-Fa-f]{8})")
FORMS = ("form", "perbaikan")


@dataclass(frozen=True, slots=True)
class Proof:
    """`is_exact`: the file sent is ours byte by byte, else it only bears this paper's code."""

    perintah_id: int
    seq: int
    nomor: str
    sop: str
    sop_version: int
    period: Period
    kind: str
    unit: str | None
    version: int
    sha256: str
    made_at: datetime
    data: Mapping[str, Any]
    is_exact: bool
    is_superseded: bool
    newest_version: int
    replaced_by: str = ""

    @property
    def code(self) -> str:
        return f"{self.sha256[:4]}-{self.sha256[4:8]}".upper()


def is_question(command: Command) -> bool:
    """Whether this asks after a paper; whoever asks need not be registered."""
    match command:
        case Said():
            return command.command == ASKING or bool(_linked(command))
        case Sent(caption=caption):
            return command_in(caption)[0] == ASKING
    return False


def code_asked(said: Said, *, is_awaited: bool = False) -> str:
    """The eight digits of the paper meant; empty where the words name none."""
    awaited = code_in(said.text) if is_awaited else ""
    asked = code_in(said.rest) if said.command == ASKING else ""
    return awaited or _linked(said) or asked


def _linked(said: Said) -> str:
    """The code that a link on a paper opens the chat with."""
    found = LINKED.fullmatch(said.rest) if said.command == "start" else None
    return found[1].lower() if found else ""


def claims(sent: Sent) -> tuple[str, str, str]:
    """What a file says it is: its code, or the perintah and unit of a form."""
    meta = sent.sheet.meta if isinstance(sent.sheet, Sheet) else {}
    code = code_in(sent.claim or meta.get("dokumen", ""))
    number = meta.get("perintah", "")
    return code, number if number.isascii() and number.isdigit() else "", meta.get("unit", "")
