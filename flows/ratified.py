"""What the Kepala Dinas has approved of an SOP: the reconstruction of exactly this definition."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SopApproval:
    """`sha256` is that of the whole definition: a changed SOP is unapproved again."""

    sop: str
    version: int
    sha256: str
    person_id: int
    mandate: str
    at: datetime

    @property
    def code(self) -> str:
        return f"{self.sha256[:4]}-{self.sha256[4:8]}".upper()
