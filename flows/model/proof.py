"""Proofs of papers and approvals of SOPs, and how a question names a paper."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from flows.forms.form import Sheet
from flows.model.commands import Command, Said, Sent, command_in
from flows.office.period import Period
from flows.text.words import code_in


class SopApproval(NamedTuple):
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


# The name in drafts of the dialog that waits for a paper or its code.
VERIFYING_DIALOG = "periksa"
ASKING = "verifikasi"
# Why a stranger's file was not fetched: reasons of `Unreadable`.
TOO_LARGE, TOO_OFTEN = "verify_too_large", "verify_too_often"
LINKED = re.compile(r"v_([0-9A-Fa-f]{8})")
FORMS = ("form", "perbaikan")


class Proof(NamedTuple):
    """`is_exact`: the file equals the stored one byte for byte, else it only has this code."""

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


class Entry(NamedTuple):
    """An entry of the record of a perintah. `is_whole`: its chain, its seals and the rows that it
    proves are as they were written."""

    nomor: str
    seq: int
    at: datetime
    hash: str
    is_whole: bool

    @property
    def code(self) -> str:
        return f"{self.hash[:4]}-{self.hash[4:8]}".upper()


def is_question(command: Command) -> bool:
    """Whether the command asks about a paper; the sender need not be registered."""
    match command:
        case Said():
            return command.command == ASKING or bool(_linked(command))
        case Sent(caption=caption):
            return command_in(caption)[0] == ASKING
    return False


def code_asked(said: Said, *, is_awaited: bool = False) -> str:
    """The code of the paper or entry meant, 8 or 16 digits; empty if the words name none."""
    awaited = code_in(said.text) if is_awaited else ""
    asked = code_in(said.rest) if said.command == ASKING else ""
    return awaited or _linked(said) or asked


def _linked(said: Said) -> str:
    """The code in the /start argument of a paper's link."""
    found = LINKED.fullmatch(said.rest) if said.command == "start" else None
    return found[1].lower() if found else ""


def claims(sent: Sent) -> tuple[str, str, str]:
    """What a file claims to be: its code, or the perintah and unit of a form."""
    meta = sent.sheet.meta if isinstance(sent.sheet, Sheet) else {}
    code = code_in(sent.claim or meta.get("dokumen", ""))
    number = meta.get("perintah", "")
    return code, number if number.isascii() and number.isdigit() else "", meta.get("unit", "")
