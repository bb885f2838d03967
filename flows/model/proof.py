"""What the record knows of a paper somebody asks about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.forms.form import Sheet
from flows.model.commands import Command, Said, Sent
from flows.office.period import Period
from flows.text.codes import ASKED, CODE, DEEP_LINK


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
        case Said(text=text):
            return bool(DEEP_LINK.fullmatch(text.strip()) or ASKED.fullmatch(text.strip()))
        case Sent(caption=caption):
            return bool(ASKED.fullmatch(caption.strip()))
    return False


def claims(sent: Sent) -> tuple[str, str, str]:
    """What a file says it is: its code, or the perintah and unit of a form."""
    meta = sent.sheet.meta if isinstance(sent.sheet, Sheet) else {}
    found = CODE.search(sent.claim or meta.get("dokumen", ""))
    code = (found[1] + found[2]).lower() if found else ""
    number = meta.get("perintah", "")
    return code, number if number.isascii() and number.isdigit() else "", meta.get("unit", "")
