"""Arguments of the sentences about time and people."""

from typing import Any

from tests.bot.samples import BAPAK, IBU, NANTI, SAAT, TASK, UNTIMED, YTH

Json = dict[str, Any]
LINE = {
    "langkah": 7, "uraian": "Menghimpun dan memvalidasi data kinerja", "unit": "KBK",
    "nomor": "001/2026", "sop": "Pengumpulan Data Kinerja", "periode": "TW III 2026",
    "batas": NANTI, "lewat": False,
}  # fmt: skip
LATE = {**LINE, "lewat": True, "pemegang": "Irma Balansa"}
ASKED = {**TASK, "pemohon": YTH, "menjadi": NANTI, "alasan": "Laporan baru masuk pagi ini."}
JUDGED = {**TASK, "hasil": "disetujui", "oleh": YTH, "keterangan": "", "lama": SAAT}
HINDERED = {
    **TASK, "pemohon": YTH, "alasan": "Angka menunggu BPKAD", "pihak": "pihak_luar",
    "saat": SAAT, "kepada": YTH, "jeda": True,
}  # fmt: skip
PESAN: dict[str, tuple[Json, ...]] = {
    "pengingat": ({**TASK, "lewat": 0, "sisa": 240, "kendala": "", "pemegang": YTH},),
    "diingatkan": ({**TASK, "oleh": YTH}, {**UNTIMED, "oleh": YTH}),
    "ringkasan_pagi": (
        {"yth": YTH, "tanggal": SAAT, "tugas": [LINE, {**LINE, "batas": None, "langkah": None}],
         "semua": 2, "terlambat": [LATE], "lewat": 1},
        {"yth": YTH, "tanggal": SAAT, "tugas": [], "semua": 0, "terlambat": [LATE], "lewat": 1},
    ),
    "batas_bergeser": ({"menit": 50, "mulai": SAAT, "akhir": NANTI},),
    "plt_lama": (
        {"nama": "Fadli Onggali", "jabatan": "Kepala Bidang PP", "hari": 75, "mulai": "2026-09-01",
         "genap": False},
        {"nama": "Fadli Onggali", "jabatan": "Kepala Bidang PP", "hari": 91, "mulai": "2026-09-01",
         "genap": True},
    ),
    "kalender_belum": ({"tahun": 2028},),
    "akhir_triwulan": ({"yth": YTH, "periode": "TW IV 2026", "sop": "Pengumpulan Data Kinerja"},),
    "tanya_perpanjangan": ({"batas": SAAT},),
    "tanya_alasan_perpanjangan": ({"batas": SAAT},),
    "tanya_alasan_tolak": ({},),
    "waktu_keliru": ({"nilai": "besok", "batas": SAAT},),
    "mohon_perpanjangan": ({**ASKED, "batas_unit": NANTI}, {**ASKED, "batas_unit": None}),
    "perpanjangan_diajukan": ({**ASKED, "batas_unit": None},),
    "hasil_perpanjangan": (
        JUDGED,
        {**JUDGED, "hasil": "ditolak", "keterangan": "Batas data unit tidak dapat bergeser."},
    ),
    "perpanjangan_diputus": (JUDGED,),
    "tanpa_batas_waktu": ({},),
    "masih_diputus": (TASK,),
    "tanpa_atasan": ({},),
    "di_luar_batas_unit": ({"batas": NANTI},),
    "tanya_kendala": ({},),
    "tanya_rincian_kendala": ({"sebab": "kendala_data"}, {"sebab": "kendala_tugas"}),
    "tanya_pihak": ({},),
    "kendala_dicatat": (HINDERED, {**HINDERED, "kepada": None, "jeda": False}),
    "kendala_disampaikan": (HINDERED, {**HINDERED, "pihak": "lain"}),
    "kendala_diputus": (
        {**TASK, "hasil": "jeda", "oleh": YTH, "saat": SAAT},
        {**TASK, "hasil": "tanpa_jeda", "oleh": YTH, "saat": SAAT},
    ),
    "kendala_berakhir": ({**TASK, "saat": SAAT, "lama": 195}, {**UNTIMED, "saat": SAAT, "lama": 0}),
    "pilih_kendala": ({"tugas": [LINE, LINE]},),
    "pilih_panjang": ({"tugas": [LINE, LINE]},),
    "tanya_alihkan": ({},),
    "tugas_dialihkan": ({**TASK, "dari_orang": IBU, "kepada": BAPAK, "saat": SAAT},),
    "dialihkan": ({**TASK, "kepada": {**YTH, "jenis": "Plh"}, "saat": SAAT},),
    "diurungkan": ({"hasil": "divalidasi", "saat": SAAT, "kini": NANTI},),
}  # fmt: skip
TOAST: dict[str, Json] = {
    "urungkan_lewat": {},
    "urungkan_didahului": {"oleh": YTH},
    "permohonan_selesai": {},
    "telah_diingatkan": {},
    "telah_diingatkan_semua": {"jumlah": 3},
    "tak_ada_yang_belum": {},
    "alihkan_lewat_pejabat": {},
    "tak_ada_pengganti": {},
    "menu.kendala": {},
    "menu.perpanjangan": {},
}
TOMBOL_ARGS: dict[str, Json] = {
    "tambah_hari": {"menit": 450, "saat": NANTI},
    "tambah_menit": {"menit": 60, "saat": NANTI},
    "tambah_setengah": {"menit": 225, "saat": NANTI},
    "tugas_ke": {"ke": 1},
    "urungkan": {"saat": SAAT},
}
