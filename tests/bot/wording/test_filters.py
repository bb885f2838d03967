"""How values are written for an official."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.wording.filters import (
    Kalender,
    Moments,
    angka,
    awal,
    daftar,
    langkah,
    nama_pendek,
    pejabat,
    persen,
    rentang,
    samar,
    tugas,
    yth,
)
from bot.wording.wording import TEXTS
from flows.text.yaml import read_yaml
from tests.bot.samples import IBU, NANTI, SAAT, YTH

ENTRIES: dict[str, Any] = read_yaml(TEXTS.read_text("utf-8"))[0]


def test_moments_are_told_in_the_zone_of_the_office() -> None:
    names = Kalender.model_validate(ENTRIES["kalender"])
    moments = Moments(ZoneInfo("Asia/Makassar"), names)
    west = Moments(ZoneInfo("Asia/Jakarta"), names)

    assert moments.saat(SAAT) == "Selasa, 24 November 2026 pukul 08.33 WITA"
    assert west.saat(SAAT) == "Selasa, 24 November 2026 pukul 07.33 WIB"
    assert moments.singkat(SAAT) == "Sel 24 Nov 08.33"
    assert moments.jam(SAAT) == "08.33"
    assert moments.jam_pada(SAAT, SAAT) == "08.33"
    assert moments.jam_pada(SAAT, NANTI) == "Sel 24 Nov 08.33"
    assert moments.tanggal(datetime.fromisoformat(NANTI)) == "30 November 2026"
    assert moments.contoh_saat(NANTI) == "30-11-2026 13.15"
    assert moments.papan(SAAT, NANTI) == "Sel 08.33"
    assert moments.papan("2026-11-16T00:33:00+00:00", SAAT) == "16 Nov 08.33"


def test_a_moment_without_its_zone_is_a_fault() -> None:
    moments = Moments(ZoneInfo("Asia/Makassar"), Kalender.model_validate(ENTRIES["kalender"]))

    with pytest.raises(ValueError, match="needs its zone"):
        moments.saat("2026-11-24T08:33:00")


@pytest.mark.parametrize(
    ("month", "name"),
    [(1, "1 Januari 2026"), (5, "1 Mei 2026"), (8, "1 Agustus 2026"), (12, "1 Desember 2026")],
)
def test_months_come_from_our_own_table(month: int, name: str) -> None:
    moments = Moments(ZoneInfo("Asia/Makassar"), Kalender.model_validate(ENTRIES["kalender"]))

    assert moments.tanggal(f"{date(2026, month, 1)}T01:00:00+00:00") == name


def test_figures_are_written_as_the_office_writes_them() -> None:
    assert angka("1234.56") == "1.234,56"
    assert angka(2055) == "2.055"
    assert angka("11853", 0) == "11.853"
    assert persen("92.08") == "92,08%"
    assert persen(None) == "n/a"


def test_people_are_addressed_by_their_post_or_by_name() -> None:
    listed = {**YTH, "jabatan": "Kepala Bidang PP"}
    acting = {**YTH, "sapaan": "Bapak", "unit": "PPR", "jenis": "Plt"}

    assert yth(listed) == "Ibu Kepala Bidang PP"
    assert yth({**listed, "jenis": "Plt"}) == "Ibu Plt. Kepala Bidang PP"
    # Messages of a former version carry no title.
    assert yth(YTH) == "Ibu Kepala Bidang KBK"
    assert yth({**YTH, "peran": "Sekretaris", "unit": None}) == "Ibu Sekretaris"
    assert yth(acting) == "Bapak Plt. Kepala Bidang PPR"
    assert yth({**YTH, **IBU, "bernama": True}) == "Ibu Herlina Sumbolan"
    assert yth({**YTH, "nama": "", "bernama": True}) == "Ibu Kepala Bidang KBK"


def test_a_superior_is_told_of_by_his_post() -> None:
    assert pejabat({**IBU, "selaku": "", "jabatan": "Kepala Dinas"}) == "Kepala Dinas"
    listed = {**YTH, "jabatan": "Kepala Bidang PP", "jenis": "Plh"}
    assert pejabat(listed) == "Plh. Kepala Bidang PP"
    assert pejabat({**YTH, "jabatan": "Pengelola Data", "bernama": True}) == "Ibu Herlina Sumbolan"
    assert pejabat(IBU) == "Ibu Herlina Sumbolan"
    recorded = {**IBU, "jabatan": "Sekretaris", "pencatat": "Taufik Ranggo"}
    assert pejabat(recorded) == "Sekretaris (dicatat oleh Taufik Ranggo)"


def test_a_step_is_named_beside_its_number() -> None:
    meeting = {"langkah": 4, "singkat": "Rapat unit", "unit": "SEK"}

    assert tugas(meeting) == "Rapat unit SEK"
    assert langkah(meeting) == "langkah 4 (rapat unit SEK)"
    assert awal(langkah(meeting)) == "Langkah 4 (rapat unit SEK)"
    assert langkah({**meeting, "langkah": None, "unit": None}) == "rapat unit"
    former = {
        "langkah": 4,
        "unit": "SEK",
        "uraian": "Rapat kepala bidang dengan jabatan pelaksana",
    }
    assert langkah(former) == "langkah 4 (rapat kepala bidang dengan jabatan… SEK)"


def test_rows_in_sequence_are_written_as_a_range() -> None:
    assert rentang(["KBK-01", "KBK-02", "KBK-03", "KBK-05"]) == "KBK-01 s.d. KBK-03, KBK-05"
    assert rentang(["KBK-08", "KBK-09"]) == "KBK-08, KBK-09"
    assert rentang(["KBK-09", "PPA-10", "X"]) == "KBK-09, PPA-10, X"
    assert rentang([]) == ""


def test_a_long_list_ends_in_how_many_more_there_are() -> None:
    assert daftar(["SEK", "DAL", "KBK"], 2) == "SEK, DAL … dan 1 lainnya"
    assert daftar(["SEK", "DAL"], 2) == "SEK, DAL"


def test_a_nip_is_shown_without_the_date_of_birth() -> None:
    assert samar("19850817 201001 2 001") == "********201001 2 001"
    assert samar("12345") == "********"


def test_the_name_of_an_indicator_is_cut_after_a_word() -> None:
    name = "Persentase kelompok BKB, BKR, BKL aktif"

    assert nama_pendek(name, 60) == name
    assert nama_pendek(name, 28) == "Kelompok BKB, BKR, BKL aktif"
    assert nama_pendek(name, 20) == "Kelompok BKB, BKR…"
    assert nama_pendek("Jumlah peserta KB baru", 18) == "Peserta KB baru"
    assert nama_pendek("Tanpaspasi", 5) == "Tanp…"
    assert nama_pendek("Jumlah", -4) == "…"
