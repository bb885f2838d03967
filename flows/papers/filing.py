"""Papers added to a perintah with version, hash and letterhead."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flows.model.perintah import Dokumen
from flows.turn.turn import Turn

Json = dict[str, Any]


def add_paper(turn: Turn, kind: str, unit: str | None, version: int, body: Json) -> Dokumen:
    """Files a paper; its hash is over the body alone, so a paraf upon it does not change it."""
    kept = tuple(
        d._replace(is_superseded=True) if (d.kind, d.unit) == (kind, unit) else d
        for d in turn.perintah.dokumen
    )
    dokumen = Dokumen(
        seq=len(kept) + 1,
        kind=kind,
        unit=unit,
        version=version,
        data={"isi": body, "pengesahan": {}},
        sha256=digest(body),
        made_at=turn.now,
    )
    turn.perintah = turn.perintah._replace(dokumen=(*kept, dokumen))
    return dokumen


def digest(body: Mapping[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def kop(turn: Turn) -> Json:
    instansi = turn.office.instansi
    return {
        "pemda": instansi.pemda,
        "nama": instansi.nama,
        "singkatan": instansi.singkatan,
        "alamat": instansi.alamat,
    }
