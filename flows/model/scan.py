"""What a sheet that came back shows: the prints read from its pages, the signatures in a PDF."""

import re
from datetime import datetime
from typing import Literal, NamedTuple

# konsep: not approved yet; disetujui: to be signed; digantikan: there is a newer version.
PrintState = Literal["K", "D", "G"]
# "SIGAP-E852-BD80-D" in a QR or in keywords, "v_e852bd80-D" in a link, "E852-BD80" as typed.
PRINTED = re.compile(
    r"(?:v_|(?<![\w-])(?:SIGAP-)?)([0-9A-F]{4})-?([0-9A-F]{4})(?:-([KDG]))?(?![\w-])",
    re.ASCII | re.IGNORECASE,
)


class Print(NamedTuple):
    """A print of a paper: its code (E852-BD80), and its state, empty on papers of a former shape
    whose prints bear none."""

    code: str
    state: PrintState | Literal[""] = ""


class PageSeen(NamedTuple):
    """A page of a scan, counted from 1, and the prints read from its QR codes."""

    page: int
    prints: tuple[Print, ...] = ()


class Scan(NamedTuple):
    """The pages of a scanned sheet; `reason` is why it could not be looked through, else empty."""

    pages: tuple[PageSeen, ...] = ()
    reason: Literal[
        "", "too_many_pages", "encrypted", "damaged", "too_large", "active", "timeout", "memory"
    ] = ""


# tte: chain valid, whole file covered, only permitted later changes, first revision = our bytes.
Verdict = Literal["none", "tte", "unknown_issuer", "changed", "not_ours", "rewritten"]


class Signed(NamedTuple):
    """An electronic signature of a PDF: the common name of its certificate, and the moment that
    it claims (aware UTC). Both are personal data: they stand in rows, never in the record."""

    signer: str
    at: datetime | None
    is_trusted: bool
    problem: str = ""


class Examined(NamedTuple):
    """The electronic signatures of a PDF. `named`: the print that its keywords name."""

    verdict: Verdict = "none"
    signatures: tuple[Signed, ...] = ()
    named: Print | None = None
    reason: str = ""


def print_in(text: str) -> Print | None:
    """The print that a QR code, a keyword or typed words name; None where there is none."""
    found = PRINTED.search(text)
    if found is None:
        return None
    state = (found[3] or "").upper()
    return Print(f"{found[1]}-{found[2]}".upper(), state)  # type: ignore[arg-type]
