"""What the record knows of a paper somebody asks about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.model.perintah import Period


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
