"""Papers of a perintah: numbered, filed with version and hash, renewed, attached to messages."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Literal

from flows.model.changes import CountPaper
from flows.model.empty import EMPTY
from flows.model.messages import Attachment
from flows.model.perintah import Dokumen, Tugas
from flows.office.kantor import Office
from flows.papers.catalogue import line_of
from flows.papers.facts import Data, Json, Kop, Pengesahan
from flows.sops.vocabulary import Traits
from flows.turn.cards import recorder_name
from flows.turn.turn import Turn

# Keys of a body that come from kantor.yaml, not from the perintah.
LAYOUT = ("kop", "kepala")
Numbered = Literal["notulen", "rekap"]
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def add_paper(
    turn: Turn, kind: str, unit: str | None, version: int, facts: Data, nomor: str | None = None
) -> Dokumen:
    """Files a paper; only its body is hashed, so a later paraf does not change the hash."""
    acts = Pengesahan() if nomor is None else Pengesahan(nomor=nomor)
    return _add(turn, kind, unit, version, facts.body(), acts)


def renew(turn: Turn, kind: str, unit: str | None, facts: Data) -> None:
    """Files a new version if the facts differ from the last one. Changes of kantor.yaml alone
    (letterhead) make no new version."""
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


def shape(kind: str, former: Dokumen | None = None) -> Json:
    """The shape of a body to be filed: that of a former one, or else the newest. Shape 1 leaves
    no trace in a body."""
    number = line_of(kind).shape if former is None else former.data["isi"].get("bentuk", 1)
    return {"bentuk": number} if number > 1 else {}


def files(turn: Turn, dokumen: Dokumen | None, *formats: str) -> tuple[Attachment, ...]:
    """A paper as attachments, in the formats given or, without any, in those of its kind."""
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
    """A paper drawn for one message and not filed."""
    [form] = line_of(kind).formats
    data = {"template": kind, "isi": facts.body(), **issue}
    return Attachment("cetak", file_name(turn, kind, **names), form, data=data)


def file_name(turn: Turn, kind: str, **names: Any) -> str:
    """The file name that officials see, without extension; `names` fill in its catalogue line."""
    told = {"kantor": turn.office.instansi.singkatan, **names}
    if turn.work is not None:
        period = turn.work.period
        told["nomor"] = turn.work.nomor.replace("/", "-")
        told["masa"] = (
            f"TW{period.quarter}-{period.year}" if period.quarter else f"Tahun-{period.year}"
        )
    return line_of(kind).name.format_map(told)


def kop(office: Office) -> Kop:
    """The letterhead; the phone key is left out if there is none, as it would change the hash."""
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
    """The common facts of letters. `made_at` is the moment of the paper's last fact: the same
    facts give the same paper."""
    zone = str(turn.view.setting.calendar.zone)
    return {"kop": kop(turn.office), "zona": zone, "dibuat": made_at}


def done_by(turn: Turn, role: str, does: Callable[[Traits], bool]) -> Tugas | None:
    """The last valid act of these kinds done by the role."""
    done = (t for t in reversed(turn.perintah.tugas) if t.state == "selesai" and t.role == role)
    return next((t for t in done if does(turn.act(t).traits)), None)


def doer(turn: Turn, tugas: Tugas) -> str:
    """The name of who did it; empty if nobody has."""
    person = turn.view.roster.person(tugas.finished_by) if tugas.finished_by else None
    return person.nama if person else ""


def name_of(turn: Turn, tugas: Tugas | None) -> str:
    """The name of who did it, with a remark if an operator recorded it."""
    name = doer(turn, tugas) if tugas else ""
    recorder = recorder_name(turn, tugas) if tugas and name else ""
    return f"{name} (dicatat oleh {recorder})" if recorder else name


def double_role(turn: Turn, tugas: Tugas, name: str) -> str:
    """The note that somebody has judged his own work."""
    where = f" ({tugas.unit})" if tugas.unit else ""
    return f"Rangkap peran: {name} sebagai {turn.office.role(tugas.role).label}{where}"


def give_number(turn: Turn, kind: Numbered) -> str:
    """The next number, given once, at issue; empty if the office does not number this kind."""
    number = turn.view.paper_numbers.get(kind, 0) + 1
    given = number_of(turn.office, kind, number, turn.day)
    if given:
        turn.changes.append(CountPaper(kind, turn.day.year, number))
    return given


def number_of(office: Office, kind: Numbered | Literal["agenda"], number: int, day: date) -> str:
    """The number in words of the template; `day` is in office time."""
    rules = office.nomor
    template = {"agenda": rules.agenda, "notulen": rules.notulen, "rekap": rules.rekap}[kind]
    if template is None:
        return ""
    return template.format(
        urut=number,
        tahun=day.year,
        bulan_romawi=ROMAN[day.month - 1],
        klas=rules.klas_bawaan.get(kind, "") if kind != "agenda" else "",
        singkatan=office.instansi.singkatan,
    )
