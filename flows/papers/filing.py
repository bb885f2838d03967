"""Papers of a perintah: filed with version and hash, renewed with their facts, handed out."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flows.model.empty import EMPTY
from flows.model.messages import Attachment
from flows.model.perintah import Dokumen, Tugas
from flows.office.kantor import Office
from flows.papers.catalogue import line_of
from flows.papers.facts import Data, Json, Kop, Pengesahan
from flows.sops.vocabulary import Traits
from flows.turn.cards import recorder_name
from flows.turn.turn import Turn

# What of a body follows kantor.yaml and not the perintah.
LAYOUT = ("kop", "kepala")


def add_paper(
    turn: Turn, kind: str, unit: str | None, version: int, facts: Data, nomor: str | None = None
) -> Dokumen:
    """Files a paper; its hash is over the body alone, so a paraf upon it does not change it."""
    acts = Pengesahan() if nomor is None else Pengesahan(nomor=nomor)
    return _add(turn, kind, unit, version, facts.body(), acts)


def renew(turn: Turn, kind: str, unit: str | None, facts: Data) -> None:
    """A new version where the facts have changed since the last one; what kantor.yaml alone would
    change of its layout waits for that."""
    former, body = turn.perintah.paper(kind, unit), facts.body()
    if former is None or former.sha256 != digest(_laid_out_as(former.data["isi"], body)):
        _add(turn, kind, unit, former.version + 1 if former else 1, body, Pengesahan())


def _laid_out_as(former: Json, body: Json) -> Json:
    facts = {name: value for name, value in body.items() if name not in LAYOUT}
    return {**facts, **{name: former[name] for name in LAYOUT if name in former}}


def _add(
    turn: Turn, kind: str, unit: str | None, version: int, body: Json, acts: Pengesahan
) -> Dokumen:
    kept = tuple(
        d._replace(is_superseded=True) if (d.kind, d.unit) == (kind, unit) else d
        for d in turn.perintah.dokumen
    )
    dokumen = Dokumen(
        seq=len(kept) + 1,
        kind=line_of(kind).kind,
        unit=unit,
        version=version,
        data={"isi": body, "pengesahan": acts.body()},
        sha256=digest(body),
        made_at=turn.now,
    )
    turn.perintah = turn.perintah._replace(dokumen=(*kept, dokumen))
    return dokumen


def digest(body: Mapping[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def files(turn: Turn, dokumen: Dokumen | None, *formats: str) -> tuple[Attachment, ...]:
    """A paper as it goes along with a message; the formats of its kind where none is named."""
    if dokumen is None:
        return ()
    name = file_name(turn, dokumen.kind, unit=dokumen.unit, versi=dokumen.version)
    perintah_id = turn.perintah.id
    return tuple(
        Attachment("dokumen", name, form, perintah_id, dokumen.seq)
        for form in formats or line_of(dokumen.kind).formats
    )


def printed(
    turn: Turn, kind: str, facts: Data, issue: Mapping[str, str] = EMPTY, **names: Any
) -> Attachment:
    """A paper that is drawn for its message and filed nowhere."""
    [form] = line_of(kind).formats
    data = {"template": kind, "isi": facts.body(), **issue}
    return Attachment("cetak", file_name(turn, kind, **names), form, data=data)


def file_name(turn: Turn, kind: str, **names: Any) -> str:
    """What the official sees a file called, without its ending; `names` as its line asks for."""
    told = {"kantor": turn.office.instansi.singkatan, **names}
    if turn.work is not None:
        period = turn.work.period
        told["nomor"] = turn.work.nomor.replace("/", "-")
        told["masa"] = (
            f"TW{period.quarter}-{period.year}" if period.quarter else f"Tahun-{period.year}"
        )
    return line_of(kind).name.format_map(told)


def kop(office: Office) -> Kop:
    """The phone only where there is one: without it papers are what they were before it."""
    instansi = office.instansi
    phone = {"telepon": instansi.telepon} if instansi.telepon else {}
    return Kop(
        pemda=instansi.pemda,
        nama=instansi.nama,
        singkatan=instansi.singkatan,
        alamat=instansi.alamat,
        **phone,
    )


def letter_head(turn: Turn, made_at: datetime) -> Json:
    """What all letters have in common. `made_at` is the moment of the paper's last fact, so that
    the same facts give the same paper."""
    zone = str(turn.view.setting.calendar.zone)
    return {"kop": kop(turn.office), "zona": zone, "dibuat": made_at}


def done_by(turn: Turn, role: str, does: Callable[[Traits], bool]) -> Tugas | None:
    """The last act of such kinds that the role has done and that still stands."""
    found = [
        t
        for t in turn.perintah.tugas
        if t.state == "selesai" and t.role == role and does(turn.act(t).traits)
    ]
    return found[-1] if found else None


def name_of(turn: Turn, tugas: Tugas | None) -> str:
    """Whoever did it; an act of the operator's hand is named as such wherever it stands."""
    person = turn.view.roster.person(tugas.finished_by) if tugas and tugas.finished_by else None
    if person is None or tugas is None:
        return ""
    recorder = recorder_name(turn, tugas)
    return f"{person.nama} (dicatat oleh {recorder})" if recorder else person.nama
