"""Template input of letters: all moments are text in office time."""

from datetime import datetime
from typing import Any

from flows.papers.facts import Data, Json
from flows.papers.letter_facts import (
    BeritaAcara,
    DaftarPeriksa,
    Disposisi,
    Letter,
    Notulen,
    Pengantar,
    Signatory,
    StepTime,
    Undangan,
)
from flows.text.durations import whole
from flows.text.plain import cut
from reports.papers.qr import qr_svg
from reports.papers.words import day, moment_of, nip, short, size, weekday

# Characters; an unbroken block must not be longer than a page.
LONGEST_NAME, LONGEST_TITLE = 120, 250


def letter(data: Letter) -> Json:
    """Fields of any letter: moments as text, signatory, line of the internal approval."""
    told: Json = _worded(data, data.zona)
    signatory = getattr(data, "tanda_tangan", None)
    moment = signatory.disetujui if signatory else None
    told_by = approval(moment, data.zona) if moment else ""
    approved = {"persetujuan": told_by} if signatory else {}
    made = data.dibuat
    return {**told, **approved, "tanggal": [made.year, made.month, made.day]}


def _worded(value: Any, zone: str) -> Any:
    match value:
        case Signatory():
            return _signed(value, zone)
        case Data():
            names = type(value).model_fields
            return {name: _worded(getattr(value, name), zone) for name in names}
        case tuple():
            return [_worded(part, zone) for part in value]
        case datetime():
            return moment_of(value, zone)
    return value


def disposisi(data: Disposisi) -> Json:
    passed = [
        {**p.model_dump(), "waktu": short(p.waktu, data.zona) if p.waktu else ""}
        for p in data.diteruskan
    ]
    return {
        **letter(data),
        "agenda": cut(data.agenda),
        "tanggal_surat": "-",
        "diterima": day(data.diterima, data.zona),
        "batas": moment_of(data.batas, data.zona) if data.batas else "",
        "diteruskan": passed,
    }


def pengantar(data: Pengantar) -> Json:
    received = data.penerima
    return {
        **letter(data),
        "tempat_tanggal": _place(data.tanda_tangan, data.zona),
        "penerima": {
            "nama": cut(received.nama, LONGEST_NAME),
            "jabatan": cut(received.jabatan, LONGEST_TITLE),
            "waktu": moment_of(received.waktu, data.zona) if received.waktu else "",
        },
        "tanda_tangan": {**_signed(data.tanda_tangan, data.zona), "tempat_tanggal": ""},
    }


def notulen(data: Notulen) -> Json:
    return {
        **letter(data),
        "hari_tanggal": weekday(data.mulai, data.zona),
        "tindak_lanjut": [
            {**f.model_dump(mode="json"), "batas": short(f.batas, data.zona) if f.batas else ""}
            for f in data.tindak_lanjut
        ],
    }


def berita_acara(data: BeritaAcara) -> Json:
    return {
        **letter(data),
        "hari_tanggal": weekday(data.dibuat, data.zona),
        "terbit": day(data.terbit, data.zona),
        "lama": whole(data.lama),
        "lama_angka": data.lama,
        "standar": whole(data.standar),
        "standar_angka": data.standar,
        "langkah": [_step(step, data.zona) for step in data.langkah],
        "paraf": [
            {
                **initials.model_dump(mode="json"),
                "nama": cut(initials.nama, LONGEST_NAME),
                "waktu": moment_of(initials.waktu, data.zona),
            }
            for initials in data.paraf
        ],
    }


def undangan(data: Undangan) -> Json:
    people = [
        {
            **person.model_dump(mode="json"),
            "berlaku": day(person.berlaku, data.zona),
            "qr": qr_svg(person.tautan),
        }
        for person in data.orang
    ]
    return {**letter(data), "orang": people}


def daftar_periksa(data: DaftarPeriksa) -> Json:
    files = [{**f.model_dump(), "ukuran": size(f.ukuran)} for f in data.berkas]
    saat = moment_of(data.dibuat, data.zona)
    return {**letter(data), "saat": saat, "berkas": files}


def _signed(signatory: Signatory, zone: str) -> Json:
    return {
        "tempat_tanggal": _place(signatory, zone),
        "jabatan": [cut(line, LONGEST_TITLE) for line in signatory.jabatan],
        "nama": cut(signatory.nama, LONGEST_NAME),
        "pangkat": cut(signatory.pangkat, LONGEST_NAME),
        "nip": nip(signatory.nip),
    }


def _place(signatory: Signatory, zone: str) -> str:
    when = day(signatory.tanggal, zone) if signatory.tanggal else ""
    return ", ".join(part for part in (signatory.tempat, when) if part)


def approval(moment: datetime, zone: str) -> str:
    return f"Disetujui secara elektronik (internal) – {moment_of(moment, zone)}"


def _step(step: StepTime, zone: str) -> Json:
    taken = "" if step.menit is None else whole(step.menit)
    standard = "–" if step.standar is None else whole(step.standar)
    return {
        "langkah": step.langkah,
        "uraian": step.uraian,
        "unit": step.unit or "–",
        "oleh": step.oleh,
        "selesai": short(step.selesai, zone) if step.selesai else "–",
        "menit": f"{taken or '–'} / {standard}",
    }
