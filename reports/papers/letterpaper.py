"""Letters laid out for their templates: every moment in words, nothing left to compute."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flows.papers.letter_facts import (
    BeritaAcara,
    DaftarPeriksa,
    Disposisi,
    Initials,
    Letter,
    Notulen,
    Pengantar,
    Signatory,
    StepTime,
    Undangan,
)
from flows.text.plain import cut
from reports.papers.qr import qr_svg
from reports.papers.words import day, moment_of, nip, short, size, weekday, whole

Json = dict[str, Any]

# A block that must stay whole may not be longer than a page.
LONGEST_NAME, LONGEST_TITLE = 120, 250


def disposisi(content: Mapping[str, Any]) -> Json:
    data = Disposisi.model_validate(content)
    passed = [
        {
            "jabatan": p.jabatan,
            "dituju": p.dituju,
            "nama": p.nama,
            "waktu": short(p.waktu, data.zona) if p.waktu else "",
        }
        for p in data.diteruskan
    ]
    return {
        **data.model_dump(mode="json"),
        **_dated(data),
        "agenda": cut(data.agenda),
        "tanggal_surat": "-",
        "diterima": day(data.diterima, data.zona),
        "batas": moment_of(data.batas, data.zona) if data.batas else "",
        "diteruskan": passed,
        "tanda_tangan": _signed(data.tanda_tangan, data.zona),
        "persetujuan": _approved(data.tanda_tangan, data.zona),
    }


def pengantar(content: Mapping[str, Any]) -> Json:
    data = Pengantar.model_validate(content)
    received = data.penerima
    return {
        **data.model_dump(mode="json"),
        **_dated(data),
        "tempat_tanggal": _place(data.tanda_tangan, data.zona),
        "batas": moment_of(data.batas, data.zona),
        "penerima": {
            "nama": cut(received.nama, LONGEST_NAME),
            "jabatan": cut(received.jabatan, LONGEST_TITLE),
            "waktu": moment_of(received.waktu, data.zona) if received.waktu else "",
        },
        "tanda_tangan": {**_signed(data.tanda_tangan, data.zona), "tempat_tanggal": ""},
        "persetujuan": _approved(data.tanda_tangan, data.zona),
    }


def notulen(content: Mapping[str, Any]) -> Json:
    data = Notulen.model_validate(content)
    return {
        **data.model_dump(mode="json"),
        **_dated(data),
        "hari_tanggal": weekday(data.mulai, data.zona),
        "tindak_lanjut": [
            {**f.model_dump(mode="json"), "batas": short(f.batas, data.zona) if f.batas else ""}
            for f in data.tindak_lanjut
        ],
        "koreksi": [
            {"medan": k.medan, "oleh": k.oleh, "waktu": moment_of(k.waktu, data.zona)}
            for k in data.koreksi
        ],
        "tanda_tangan": _signed(data.tanda_tangan, data.zona),
        "persetujuan": _approved(data.tanda_tangan, data.zona),
    }


def berita_acara(content: Mapping[str, Any]) -> Json:
    data = BeritaAcara.model_validate(content)
    return {
        **data.model_dump(mode="json"),
        **_dated(data),
        "hari_tanggal": weekday(data.dibuat, data.zona),
        "terbit": day(data.terbit, data.zona),
        "lama": whole(data.lama),
        "lama_angka": data.lama,
        "standar": whole(data.standar),
        "standar_angka": data.standar,
        "langkah": [_step(step, data.zona) for step in data.langkah],
        "paraf": [_initials(p, data.zona) for p in data.paraf],
        "tanda_tangan": _signed(data.tanda_tangan, data.zona),
        "persetujuan": _approved(data.tanda_tangan, data.zona),
    }


def undangan(content: Mapping[str, Any]) -> Json:
    data = Undangan.model_validate(content)
    people = [
        {
            **person.model_dump(mode="json"),
            "berlaku": day(person.berlaku, data.zona),
            "qr": qr_svg(person.tautan),
        }
        for person in data.orang
    ]
    return {**data.model_dump(mode="json"), **_dated(data), "orang": people}


def daftar_periksa(content: Mapping[str, Any]) -> Json:
    data = DaftarPeriksa.model_validate(content)
    files = [{**f.model_dump(), "ukuran": size(f.ukuran)} for f in data.berkas]
    saat = moment_of(data.dibuat, data.zona)
    return {**data.model_dump(mode="json"), **_dated(data), "saat": saat, "berkas": files}


def _dated(data: Letter) -> Json:
    made = data.dibuat
    return {"tanggal": [made.year, made.month, made.day]}


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


def _approved(signatory: Signatory, zone: str) -> str:
    if signatory.disetujui is None:
        return ""
    return approval(signatory.disetujui, zone)


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


def _initials(initials: Initials, zone: str) -> Json:
    return {
        **initials.model_dump(mode="json"),
        "nama": cut(initials.nama, LONGEST_NAME),
        "waktu": moment_of(initials.waktu, zone),
    }
