"""Arguments of the messages about papers, their archive and their proof."""

from typing import Any

from tests.bot.samples import SAAT

Json = dict[str, Any]

PROOF: Json = {
    "jenis": "rekap",
    "sop": "Pengumpulan Data Kinerja",
    "periode": "TW III 2026",
    "saat": SAAT,
    "penanda": "Contoh Kepala Dinas, S.Sos., M.Si.",
    "disetujui": True,
    "terdaftar": True,
    "nomor": "001/2026",
    "unit": None,
    "versi": 1,
    "versi_baru": 2,
    "digantikan": True,
    "pengganti": "",
    "kode": "8C41-E2B7",
}
STRANGERS: Json = {**PROOF, "terdaftar": False, "disetujui": False}
UNITS = {**PROOF, "jenis": "notulen", "unit": "KBK", "pengganti": "002/2026", "penanda": ""}
MINUTES: Json = {
    "nomor": "001/2026",
    "periode": "TW III 2026",
    "unit": ["KBK"],
    "versi": 2,
    "kode": "8C41-E2B7",
    "boleh": True,
}
RATIFIED: Json = {
    "sop": "Pengumpulan Data Kinerja",
    "versi": 1,
    "oleh": {
        "sapaan": "Ibu",
        "nama": "Contoh Kepala Dinas, S.Sos., M.Si.",
        "selaku": "Plh. Kepala Dinas",
    },
    "saat": SAAT,
    "kode": "5D20-91AA",
    "berlaku": True,
}
PESAN: dict[str, tuple[Json, ...]] = {
    "disposisi": (
        {"nomor": "001/2026", "kode": "8C41-E2B7", "versi": 3, "pengantar": 5},
        {"nomor": "001/2026", "kode": "8C41-E2B7", "versi": 1, "pengantar": 0},
    ),
    "notulen": (MINUTES, {**MINUTES, "boleh": False}),
    "notulen_diperbaiki": (MINUTES,),
    "notulen_semua": ({**MINUTES, "unit": ["SEK", "DAL", "KBK"]},),
    "notulen_tak_dipahami": ({"medan": ["waktu", "tempat", "hasil", "tindak lanjut"]},),
    "bukan_kewenangan_notulen": ({"unit": "KBK"},),
    "dokumen_belum": ({"nomor": "001/2026", "dokumen": "Notulen"},),
    "sop": (
        {
            "sop": ["Pengumpulan Data Kinerja"],
            "nomor": "001/2026",
            "disahkan": [],
            "belum": ["Pengumpulan Data Kinerja"],
        },
        {
            "sop": ["Pengumpulan Data Kinerja", "Perbaikan Data Kinerja"],
            "nomor": None,
            "disahkan": [RATIFIED],
            "belum": ["Perbaikan Data Kinerja"],
        },
    ),
    "ringkasan_sahkan": ({"sop": "Pengumpulan Data Kinerja", "versi": 1},),
    "rekonstruksi_disetujui": (RATIFIED,),
    "verifikasi_sop": (RATIFIED, {**RATIFIED, "berlaku": False}),
    "arsip": (
        {"nomor": "001/2026", "unit": [], "tuntas": True},
        {"nomor": "001/2026", "unit": ["KBK"], "tuntas": False},
    ),
    "arsip_bukan_kewenangan": (
        {"berwenang": ["Kepala Dinas", "Sekretaris", "Operator"], "bagian": ["Kepala Bidang"]},
    ),
    "pilih_disposisi": ({},),
    "pilih_notulen": ({},),
    "pilih_sop": ({},),
    "pilih_arsip": ({},),
    "rekap_gambar": ({"nomor": "001/2026"},),
    "tanya_verifikasi": ({},),
    "verifikasi_tak_dikenal": ({},),
    "verifikasi_asli": (PROOF, STRANGERS),
    "verifikasi_digantikan": (PROOF, UNITS),
    "verifikasi_diubah": ({**PROOF, "beda": True}, {**STRANGERS, "beda": False}),
}
TOAST: dict[str, Json] = {
    f"menu.{name}": {} for name in ("disposisi", "notulen", "sop", "arsip", "verifikasi")
}
