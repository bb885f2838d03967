"""Arguments as flows and bot give them, one set or more for every key of texts.yaml."""

from typing import Any, get_args

from reports.reading.refusals import Reason

Json = dict[str, Any]

SAAT = "2026-11-24T00:33:00+00:00"
NANTI = "2026-11-30T05:15:00+00:00"
IBU = {"sapaan": "Ibu", "nama": "Herlina Sumbolan, S.K.M., M.Kes."}
BAPAK = {"sapaan": "Bapak", "nama": "Ardin Lasimpo, S.E., M.M."}
YTH = {**IBU, "peran": "Kepala Bidang", "unit": "KBK", "jenis": "", "bernama": False}
ROW = {
    "kode": "KBK-03",
    "nama": "Jumlah peserta KB baru",
    "satuan": "orang",
    "nilai": "3.912",
    "target": "4.800",
    "capaian": "81,50",
    "singkat": "T",
}
FIGURES = {
    "terisi": 36,
    "jumlah": 37,
    "na": 1,
    "mentah": "87.45",
    "dibatasi": "85.68",
    "kategori": "Tinggi",
    "singkat": "T",
    "per_kategori": {
        "Sangat Tinggi": 24,
        "Tinggi": 6,
        "Sedang": 2,
        "Rendah": 0,
        "Sangat Rendah": 4,
    },
}
NO_FIGURES = {
    **FIGURES,
    "terisi": 0,
    "na": 0,
    "mentah": None,
    "dibatasi": None,
    "kategori": "",
    "singkat": "-",
}
OFFICE = {**FIGURES, "unit": [{"kode": "PPA", **FIGURES}]}
CHANGE = {
    **ROW,
    "semula": "64",
    "menjadi": "46",
    "capaian_semula": "−13,33",
    "temuan": True,
    "bukti": "Rekap DP3A/KUA",
    "berkas": 2,
    "alasan": "tidak sesuai rekap",
}
OWN_CHANGE = {**CHANGE, "temuan": False, "bukti": "", "berkas": 0}
TASK: Json = {
    "yth": YTH,
    "sop": "Pengumpulan Data Kinerja",
    "periode": "TW III 2026",
    "nomor": "001/2026",
    "langkah": 7,
    "total": 9,
    "uraian": "Menghimpun dan memvalidasi data kinerja",
    "hasil": "Dokumen data kinerja",
    "batas": SAAT,
    "menit": 480,
    "unit": "KBK",
    "ronde": 0,
    "catatan": "",
    "catatan_baris": {},
    "dari": BAPAK,
    "sifat": "Segera",
    "arahan": "Agar data dihimpun lengkap dengan bukti dukung.",
    "label": "Kirim",
}
RETURNED = {**TASK, "ronde": 1, "catatan": "Mohon dilengkapi sumbernya."}
UNTIMED = {**TASK, "langkah": None, "batas": None, "menit": None, "arahan": "", "unit": None}


def finding(code: str, **args: str) -> Json:
    return {
        "kode_aturan": code,
        "sel": "I12",
        "kolom": "Realisasi",
        "kode": "KBK-03",
        "nilai": "3.9l2",
        **{f"x_{key}": value for key, value in args.items()},
    }


WARNING = finding("W01", reading="4,10", capaian="154,44")
READ_AS = finding("N01", reading="11.853", note="grouped")
FINDINGS = (
    *(
        finding("E01", what=what, expected=expected, found=found)
        for what, expected, found in (
            ("unit", "PPA", "PPR"),
            ("periode", "2026-TW3", "2026-TW2"),
            ("versi", "2", "1"),
            ("perintah", "7", "6"),
            ("form", "indikator", "pegawai"),
            ("kolom", "Kode, Realisasi s.d. TW", ""),
            ("judul", "FORMULIR DATA KINERJA", ""),
            ("isi", "KBK", ""),
            ("rekap", "Ringkasan", ""),
            ("lembar", "PPA", ""),
            ("bukan_format", "PPA", ""),
            ("kantor", "DP2KBP3A", "DINSOS"),
            ("checksum", "00112233aabbccdd", ""),
        )
    ),
    finding("E01", what="kolom", expected="Unit, Terisi", found="", lembar="Ringkasan"),
    {**finding("E02", reason="missing", indikator="Rasio", lembar="PPA"), "sel": ""},
    {**finding("E02", reason="missing", indikator="Jumlah peserta KB baru"), "sel": ""},
    finding("E02", reason="doubled"),
    {**finding("E02", reason="unknown"), "kode": ""},
    finding("E03", example="85,50"),
    finding("E03"),
    finding("E04", reason="text", suggestion="3.912", example="3.912"),
    *(
        finding("E04", reason=reason, example="3.912")
        for reason in ("text", "too_long", "too_big", "foreign_digits", "date", "bool")
    ),
    finding("E04", reason="nothing", example="3.912"),
    finding("E04", reason="percent", example="3.912", satuan="peserta KB baru"),
    finding("E04", reason="error"),
    finding("E04", reason="formula"),
    finding("E05", example="85,50", decimal="13,20", thousands="13.200,00"),
    finding("E05", example="85,50", thousands="1.250.000,00"),
    finding("E05", example="3.912", decimal="3,5"),
    finding("E06", min="0", max="100", reading="604,80", satuan="%", example="85,50"),
    finding("E09", expected="23,00"),
    {**finding("E09", expected=""), "nilai": ""},
    finding("E10", reason="changed", expected="Jumlah peserta KB baru"),
    finding("E10", reason="doubled"),
    finding("E11", reason="na"),
    finding("E11", reason="target_nol"),
    {**finding("E12"), "kolom": "Nama Korban", "kode": ""},
    finding("E14", limit="2000", length="2345"),
    WARNING,
    finding("W02", reading="13,00", former="13,50"),
    finding("W03", reading="13,00", former="31,00"),
    finding("W04", reading="74,20", note="dot_decimal"),
    {**finding("W05"), "sel": "", "kolom": "", "kode": "", "nilai": ""},
    {
        **finding("W06", lembar="KBK (2)", others="KBK"),
        "sel": "",
        "kolom": "",
        "kode": "",
        "nilai": "",
    },
    READ_AS,
    {**finding("N02"), "kolom": "", "kode": ""},
    {**finding("N03"), "sel": "", "kode": ""},
)

PART: Json = {
    "terisi": 7,
    "jumlah": 7,
    "kurang": [],
    "tanpa_bukti": [],
    "tanpa_alasan": [],
    "peringatan": [],
    "angka": FIGURES,
    "berubah": [],
    "perbaikan": False,
    "tanya": None,
}
DOUBT = {"jenis": "sama", "kode": "KBK-04", "jumlah": 1, "nilai": "21,10", "periode": "TW II 2026"}
SINCE = {"dari": 7, "benar": 5, "sisa": 2, "baru": 1}
USED = {"kode": "KBK-03", "periode": "TW II 2026", "nomor": "004/2026"}
CORRECTION = {**PART, "perbaikan": True, "berubah": [CHANGE, OWN_CHANGE]}
PARTS = (
    PART,
    {**PART, "peringatan": [WARNING]},
    *({**PART, "tanya": {**DOUBT, "jenis": kind}} for kind in ("sama", "semua_sama", "target")),
    {**PART, "terisi": 5, "kurang": ["KBK-01", "KBK-04"], "angka": NO_FIGURES},
    CORRECTION,
    {**CORRECTION, "berubah": []},
    {**CORRECTION, "tanpa_alasan": ["PPA-05"], "tanpa_bukti": ["PPA-06"]},
    {**CORRECTION, "tanpa_bukti": ["PPA-06"]},
)
ACCEPTED_FILE: Json = {"nama": "Format.xlsx", "bacaan": [], "sejak": None, "rekan": []}
REFUSED_SHEET: Json = {**TASK, "nama": "Format.xlsx", "sejak": None}
COLLEAGUES = [{"nama": "Dedi Salangga, S.Sos.", "baris": ["KBK-08", "KBK-09"]}]
ONE_PHOTO: Json = {"nama": "f.jpg", "banyak": 1, "dipakai": []}
ANSWER = {"kode": "KBK-04", "nilai": "21,10", "periode": "TW II 2026", "alasan": ""}
UNIT_REKAP: Json = {"peringatan": [], "berubah": [], "pengisi": [], "jawaban": []}
FILLED_BY: Json = {
    "pengisi": [
        {"nama": "Wahyuni Tamali, S.K.M.", "baris": ["KBK-01", "KBK-02"], "berkas": True},
        {"nama": "Dedi Salangga, S.Sos.", "baris": ["KBK-08"], "berkas": False},
    ],
    "jawaban": [ANSWER, {**ANSWER, "periode": "", "alasan": "Koreksi TW II."}, ANSWER],
}
MASTER: Json = {
    "tahun": 2026,
    "jumlah": 37,
    "baru": [],
    "hilang": [],
    "berubah": [],
    "berjalan": ["001/2026"],
}
RETARGET = {"kode": "KBK-03", "kolom": "Target TW3", "semula": "4.800", "menjadi": "5.000"}
MISTAKE = {
    "aturan": "not_one_of",
    "sel": "F4",
    "kolom": "Arah (+/-)",
    "kode": "KBK-03",
    "nilai": "naik",
    "rincian": "+, -",
    "contoh": "+",
}
FILLING = tuple({**TASK, **part} for part in PARTS)
VOID: list[Json] = [
    {"peran": "Kasubag Perencanaan dan Evaluasi", "jenis": "paraf", "versi": 1, "oleh": ""},
    {"peran": "Sekretaris", "jenis": "paraf", "versi": 1, "oleh": "Kepala Dinas"},
]
REKAP: Json = {
    **TASK,
    "angka": OFFICE,
    "terendah": {"kode": "PPA", **FIGURES},
    "perhatian": [
        {"kode": "PPA-06", "capaian": "−13,33"},
        {"kode": "DAL-03", "capaian": "n/a"},
    ],
    "versi": 1,
    "tanpa_unit": [],
    "berubah": [],
    "kode": "8C41-E2B7",
    "singkatan": "DP2KBP3A",
}
CHANGED_REKAP = {**REKAP, "versi": 2, "berubah": [CHANGE], "tanpa_unit": ["PPR"], "langkah": 8}
EMPTY_REKAP = {
    **REKAP,
    "angka": {**NO_FIGURES, "unit": []},
    "terendah": None,
    "perhatian": [],
}
SIGNING: Json = {
    "paraf": [
        {**IBU, "peran": "Kasubag Perencanaan dan Evaluasi", "saat": SAAT},
        {**BAPAK, "peran": "Sekretaris", "saat": SAAT},
    ],
    "rangkap": [{"hasil": "divalidasi", "unit": "SEK"}, {"hasil": "dikirim", "unit": None}],
}
UNSIGNED: Json = {"paraf": [], "rangkap": []}
FOUND = {
    **ROW,
    "unit": "KBK",
    "sumber": "laporan bidang",
    "bukti": "",
    "berkas": 1,
    "keterangan": "",
    "catatan": "laporan bulanan 3.921",
}
DISPUTED = [{"kode": "KBK-03", "sanggahan": "Register tertulis 3.912", "berkas": 1}]
BOARD_LINES = [
    {"unit": "SEK", "keadaan": "diterima", "saat": SAAT},
    {"unit": "DAL", "keadaan": "diterima", "saat": None},
    {"unit": "KBK", "keadaan": "baru", "versi": 2, "mentah": "98.74"},
    {"unit": "KB2", "keadaan": "baru", "versi": 1, "mentah": None},
    {"unit": "PPR", "keadaan": "berjalan", "langkah": 6, "batas": NANTI, "lewat": False},
    {"unit": "PPA", "keadaan": "berjalan", "langkah": None, "batas": None, "lewat": False},
    {"unit": "PP2", "keadaan": "menunggu", "langkah": None, "batas": None},
]
MARKED = {**ROW, "unit": "KBK", "catatan": "laporan bulanan 3.921"}
ENDED = {"hasil": "divalidasi", "oleh": IBU, "saat": SAAT, "nomor": "001/2026", "unit": "KBK"}
WITHOUT = {
    "unit": "PPR",
    "alasan": "Data belum dapat diperoleh sampai akhir bulan.",
    "nomor": "001/2026",
    "sisa": 31,
    "semua": 37,
    "putuskan": True,
    "pemutus": ["Sekretaris"],
    "saat": SAAT,
}
INVITED = {
    **IBU,
    "nip": "198508172010012001",
    "jabatan": ["Kepala Bidang KBK", "Plh. Kepala Bidang PPA"],
}
BOARD: Json = {
    "langkah": ["4", "5", "6", "7", "8"],
    "unit": [
        {
            "kode": "SEK",
            "tanda": ["selesai"] * 5,
            "keadaan": "diterima",
            "batas": None,
            "lewat": False,
            "capaian": None,
        },
        {
            "kode": "KBK",
            "tanda": ["selesai", "kembali", "belum", "belum", "jeda"],
            "keadaan": "berjalan",
            "batas": SAAT,
            "lewat": True,
            "capaian": None,
        },
    ],
    "kantor": [
        {"nama": "1", "tanda": "selesai"},
        {"nama": "2", "tanda": "berjalan"},
        {"nama": "penutup", "tanda": "belum"},
    ],
    "diterima": 1,
    "dari_unit": 2,
    "dilewati": ["PPR"],
    "dicatat": ["7 KBK", "8 KBK"],
}
HELD_BOARD = {**BOARD, "unit": [{**BOARD["unit"][1], "keadaan": "jeda", "batas": None}]}
NO_UNITS = {**BOARD, "unit": [], "dari_unit": 0, "diterima": 0, "dilewati": [], "dicatat": []}
GROUP_BOARD: Json = {
    "nomor": "001/2026",
    "sop": "Pengumpulan Data Kinerja",
    "periode": "TW III 2026",
    "status": "berjalan",
    "saat": SAAT,
    "berakhir": None,
    "lama": 0,
    "standar": 2055,
    "jejak": "1B7E04A9",
    "papan": BOARD,
}
STATUS = {
    **{key: GROUP_BOARD[key] for key in ("nomor", "sop", "periode", "status", "saat", "papan")},
    "target": NANTI,
    "tugas": [
        {**TASK, "sejak": SAAT, "ditahan": False},
        {**UNTIMED, "sejak": SAAT, "ditahan": True},
    ],
    "tanpa_unit": [],
}
PAPER = {
    "nomor": "001/2026",
    "periode": "TW III 2026",
    "versi": 1,
    "digantikan": False,
    "selesai_perintah": True,
    "kode": "8C41-E2B7",
}
ASKED = {
    "batas_angka": ["0", "100"],
    "kode": "KBK-08",
    "indikator": "Persentase kelompok BKB, BKR, BKL aktif",
    "satuan": "%",
    "periode": "TW III 2026",
    "target": "80,00",
    "periode_lalu": "TW II 2026",
    "lalu": "71,90",
    "ke": 1,
    "jumlah": 2,
    "contoh": "85,50",
    "kini": None,
    "baru": None,
}
TAKEN = {**ROW, "semula": ""}
CHANGED = {**ROW, "semula": "3.192"}
LISTED = {
    "langkah": 7,
    "uraian": "Menghimpun dan memvalidasi data kinerja",
    "unit": "KBK",
    "nomor": "001/2026",
    "sop": "Pengumpulan Data Kinerja",
    "periode": "TW III 2026",
    "batas": SAAT,
    "lewat": False,
}
GIVEN_BACK = {
    "langkah": 5,
    "uraian": "Menyusun data kinerja",
    "unit": "KBK",
    "orang": [{**BAPAK, "baris": ["KBK-08"]}],
    "catatan": "Mohon dilengkapi sumbernya.",
    "label": "Kembalikan",
}
DONE = {**TASK, "saat": SAAT}
COMMANDS = (
    "indikator",
    "perintah", "tugas", "status", "rekap", "bantuan", "batal", "privasi", "grup", "sehat",
    "cadangkan", "daftar",
)  # fmt: skip
HEALTH = {
    "masuk": 0, "usia_masuk": 0, "keluar": 3, "usia_keluar": 240, "disisihkan": 1, "kode": "i12",
    "disk": 64, "cadangan": "sigap-20261124-0730.tar.gz", "tahun": 2027, "hari_libur": 26,
    "saat": SAAT,
}  # fmt: skip
REFUSED_FILE = {
    "nama": "Format_KBK_TW3-2026.xlsx",
    "batas": SAAT,
    "cell": "A1",
    "sheet": "Isian",
    "value": "1e999",
    "part": "xl/vbaProject.bin",
    "limit": "5",
    "read": "10",
    "seen": "20",
}

PESAN: dict[str, tuple[Json, ...]] = {
    "tugas_perintah": (RETURNED,),
    "tugas_teruskan": (
        {**TASK, "penerima": "Kasubag"},
        {**UNTIMED, "catatan": "Mohon segera.", "penerima": "Kasubag"},
    ),
    "tugas_format": (TASK, {**TASK, "catatan": "Mohon gunakan format baku.", "hasil": ""}),
    "tugas_sebar": (
        {**TASK, "unit": None, "unit_tujuan": ["SEK", "DAL"]},
        {**RETURNED, "unit_tujuan": ["KBK"]},
    ),
    "tugas_rapat": tuple(
        {
            **TASK,
            "perbaikan": is_correction,
            "diterima": received,
            "jumlah": 9,
            "batas_unit": NANTI,
            "temuan": [{"kode": "KBK-03", "catatan": "laporan bulanan 3.921"}],
        }
        for is_correction, received in ((False, None), (False, SAAT), (True, None))
    ),
    "tugas_isi": (
        {**TASK, **PART, "baris": ["KBK-01", "KBK-02", "KBK-03"], "sudah": [], "temuan": []},
        {**TASK, **PART, "terisi": 0, "baris": ["KBK-01"], "sudah": [], "temuan": []},
        {
            **TASK,
            **CORRECTION,
            "baris": ["KBK-03"],
            "sudah": [],
            "temuan": [
                {
                    "kode": "KBK-03",
                    "nilai": "3.912",
                    "bukti": "Rekap DP3A/KUA",
                    "catatan": "laporan bulanan 3.921",
                }
            ],
        },
    ),
    "tugas_isi_kembali": tuple(
        {
            **RETURNED,
            **PART,
            "catatan_baris": notes,
            "baris": ["KBK-08"],
            "temuan": [],
            "sudah": [{"kode": "KBK-08", "nilai": "74,20"}],
        }
        for notes in ({}, {"KBK-08": RETURNED["catatan"]}, {"KBK-08": "angka tertukar"})
    ),
    "tugas_rekap_unit": (
        {**TASK, **FIGURES, **UNIT_REKAP},
        {**RETURNED, **FIGURES, "peringatan": [WARNING], "berubah": ["KBK-08"], **FILLED_BY},
        {**TASK, **NO_FIGURES, **UNIT_REKAP},
    ),
    "tugas_validasi": (
        {
            **TASK,
            **FIGURES,
            "versi": 1,
            "bukti": 1,
            "peringatan": [WARNING],
            "berubah": [],
            "semula": {},
            "jawaban": [ANSWER],
        },
        {
            **RETURNED,
            **FIGURES,
            "versi": 2,
            "bukti": 0,
            "peringatan": [],
            "berubah": [CHANGE, OWN_CHANGE, {**CHANGE, "bukti": ""}],
            "semula": {**FIGURES, "mentah": "75.32"},
            "jawaban": [],
            "label": "Setujui",
        },
    ),
    "tugas_sampaikan": ({**TASK, "versi": 1}, {**TASK, "versi": None}, {**RETURNED, "versi": 2}),
    "papan_masuk": (
        {
            **TASK,
            "papan": BOARD_LINES,
            "diterima": 2,
            "baru": 2,
            "dari_unit": 7,
            "saat": SAAT,
        },
    ),
    "papan_lengkap": ({**DONE, "jumlah": 5},),
    "tugas_terima": (
        {
            **TASK,
            "temuan": [{**ROW, "catatan": "laporan bulanan 3.921", "jawaban": ""}],
        },
        {
            **RETURNED,
            "temuan": [{**ROW, "catatan": "laporan bulanan 3.921", "jawaban": "tetap"}],
        },
        {**TASK, "temuan": []},
    ),
    "tugas_rekap": (
        {**REKAP, "paraf_gugur": []},
        {**CHANGED_REKAP, "paraf_gugur": VOID},
        {**EMPTY_REKAP, "paraf_gugur": []},
        {**REKAP, **RETURNED, "paraf_gugur": VOID},
    ),
    "tugas_paraf": (
        {**REKAP, **SIGNING, "paraf_gugur": VOID},
        {**CHANGED_REKAP, **UNSIGNED, "paraf_gugur": []},
        {**REKAP, **UNTIMED, **UNSIGNED, "paraf_gugur": []},
    ),
    "tugas_tanda_tangan": (
        {**REKAP, **SIGNING, "gugur": [], "paraf_gugur": []},
        {**CHANGED_REKAP, **UNSIGNED, "gugur": ["KBK-05"], "paraf_gugur": VOID},
    ),
    "pastikan_tanda_tangan": (REKAP,),
    "tugas_temuan": ({**TASK, "gugur": [{"kode": "KBK-05", "alasan": "Sesuai pendataan."}]},),
    "tugas_verifikasi": (
        {**TASK, "jumlah": 3, "ke": 1, "temuan": FOUND},
        {
            **TASK,
            "jumlah": 3,
            "ke": 2,
            "temuan": {
                **FOUND,
                "bukti": "foto register",
                "sumber": "",
                "keterangan": "tabel 7",
                "capaian": "n/a",
            },
        },
        {**TASK, "jumlah": 3, "ke": 3, "temuan": {**FOUND, "berkas": 0}},
    ),
    "tugas_verifikasi_hasil": (
        {
            **TASK,
            "jumlah": 2,
            "hasil_temuan": [
                {"kode": "PPA-06", "putusan": "terbukti", "alasan": ""},
                {"kode": "KBK-05", "putusan": "gugur", "alasan": "Sesuai pendataan."},
            ],
            "unit_terdampak": ["PPA"],
        },
        {
            **TASK,
            "jumlah": 1,
            "hasil_temuan": [{"kode": "PPA-06", "putusan": "gugur", "alasan": "Sesuai."}],
            "unit_terdampak": [],
        },
    ),
    "tugas_koordinasi": (
        {
            **TASK,
            "temuan": [{"kode": "KBK-03", "unit": "KBK"}],
            "unit_terdampak": ["KBK"],
        },
    ),
    "tugas_sanggah": ({**UNTIMED, "unit": "KBK", "temuan": DISPUTED},),
    "tugas_putusan": ({**UNTIMED, "unit": "KBK", "temuan": DISPUTED},),
    "selesai_diterbitkan": (DONE,),
    "selesai_perintah_terbit": (
        {"nomor": "001/2026", "saat": SAAT, "penerima": "Sekretaris", "id": 1},
        {"nomor": "001/2026", "saat": SAAT, "penerima": "", "id": 1},
    ),
    "selesai_perbaikan_terbit": (
        {"nomor": "002/2026", "saat": SAAT, "induk": "001/2026", "jumlah": 3},
        {"nomor": "001/2026", "saat": SAAT, "induk": None, "jumlah": 3},
    ),
    "selesai_putaran_baru": ({"nomor": "002/2026", "saat": SAAT, "jumlah": 1},),
    "selesai_tanpa_perbaikan": ({"nomor": "002/2026", "saat": SAAT},),
    "selesai_diteruskan": (
        {**DONE, "penerima": "Kasubag", "bercatatan": True},
        {**DONE, "penerima": "Kasubag", "bercatatan": False},
    ),
    "selesai_format_siap": ({**DONE, "berkas": 5, "indikator": 37},),
    "selesai_disebar": ({**DONE, "jumlah": 1}, {**DONE, "unit": None, "jumlah": 5}),
    "selesai_rapat_dicatat": ({**DONE, "orang": 2},),
    "selesai_dikirim": (
        {**DONE, "baris": ["KBK-01", "KBK-02"], "menunggu": ["Dedi Salangga"]},
        {**DONE, "baris": ["KBK-01"], "menunggu": []},
    ),
    "selesai_diajukan": ({**DONE, "versi": 1},),
    "selesai_divalidasi": ({**DONE, "versi": 1}, {**DONE, "versi": 2, "label": "Setujui"}),
    "selesai_disampaikan": ({**DONE, "versi": 1}, {**DONE, "versi": None}),
    "selesai_diterima": (DONE,),
    "selesai_diajukan_rekap": ({**DONE, "versi": 1},),
    "selesai_diparaf": ({**DONE, "kode": "8C41-E2B7"}, {**DONE, "kode": ""}),
    "selesai_ditandatangani": ({**DONE, "versi": 1},),
    "selesai_diverifikasi": (DONE,),
    "selesai_gugur_semua": (DONE,),
    "selesai_dikoordinasikan": ({**DONE, "unit_terdampak": ["KBK", "PPA"]},),
    "selesai_disanggah": ({"saat": SAAT, "unit": "KBK"},),
    "selesai_sanggah_diteruskan": (DONE,),
    "selesai_dijelaskan": (DONE,),
    "selesai_putusan": ({**DONE, "putusan": "terbukti"}, {**DONE, "putusan": "gugur"}),
    "selesai_kembali": (
        {**GIVEN_BACK, "saat": SAAT, "ronde": 1},
        {**GIVEN_BACK, "langkah": None, "unit": None, "saat": SAAT, "ronde": 0},
    ),
    "selesai_tanpa": (WITHOUT,),
    "analisis_dicatat": ({"panjang": 95},),
    "isian_ditunda": (TASK,),
    "dibatalkan": ({},),
    "isian_diterima": (
        *({**args, **ACCEPTED_FILE} for args in FILLING),
        {**FILLING[0], **ACCEPTED_FILE, "bacaan": [READ_AS], "sejak": SINCE, "rekan": COLLEAGUES},
        {**FILLING[0], **ACCEPTED_FILE, "sejak": {**SINCE, "benar": 7, "sisa": 0, "baru": 0}},
    ),
    "bukti_diterima": (
        *({**args, **ONE_PHOTO, "bukti": ["KBK-03"]} for args in FILLING),
        {**FILLING[0], **ONE_PHOTO, "banyak": 3, "bukti": ["KBK-03"], "dipakai": [USED]},
    ),
    "isian_dipastikan": FILLING,
    "tanya_alasan": (
        {"peringatan": [WARNING], "kode": ["KBK-03"]},
        {"peringatan": [WARNING] * 8, "kode": ["KBK-03"] * 8},
    ),
    "isian_dicatat": FILLING,
    "isian_sebagian": FILLING,
    "kirim_pengganti": (TASK,),
    "belum_lengkap": PARTS,
    "tanya_angka": (
        ASKED,
        {**ASKED, "lalu": None, "baru": TAKEN, "ke": 2},
        {**ASKED, "kini": "71,90", "baru": {**CHANGED, "nilai": "n/a", "capaian": "n/a"}},
    ),
    "angka_keliru": ({**ASKED, "nilai": "banyak"},),
    "tanya_arti_angka": ({"kode": "KBK-08", "nilai": "1.250", "satuan": "%", "baru": None},),
    "tanya_keterangan": (
        {"kode": "KBK-08", "sebab": "na", "baru": None},
        {"kode": "PPA-06", "sebab": "target_nol", "baru": CHANGED},
    ),
    "tanya_sumber": ({"kode": "KBK-08", "angka": "74,20", "satuan": "%", "baru": None},),
    "tanya_baris_ubah": (
        {"contoh": "KBK-01", "baru": None},
        {"contoh": "KBK-01", "baru": CHANGED},
    ),
    "angka_diubah": (
        *({**args, "baru": CHANGED} for args in FILLING),
        {**FILLING[0], "baru": TAKEN},
    ),
    "tanya_bukti_untuk": (
        {"nama": "foto.jpg", "banyak": 1},
        {"nama": "foto.jpg", "banyak": 3},
    ),
    "lihat_data": (
        {**TASK, "baris": [{**ROW, "unit": "KBK", "tanda": True}], "hal": 1, "dari_hal": 2},
        {**UNTIMED, "baris": [], "hal": 1, "dari_hal": 1},
    ),
    "daftar_indikator": ({"tahun": 2026, "jumlah": 37},),
    "tanya_indikator": ({"tahun": 2026},),
    "ringkasan_indikator": (
        {**MASTER, "baru": ["KBK-10"], "hilang": ["DAL-08"], "berubah": [RETARGET] * 8},
        {**MASTER, "berjalan": []},
    ),
    "indikator_salah": (
        {"nama": "Indikator_2026.xlsx", "jumlah": 7, "salah": [MISTAKE] * 5},
        {"nama": "x.xlsx", "jumlah": 1, "salah": [{**MISTAKE, "sel": "", "nilai": ""}]},
    ),
    "indikator_sama": ({"nama": "Indikator_2026.xlsx"},),
    "indikator_bukan_kewenangan": ({"berwenang": ["Kasubag Perencanaan dan Evaluasi"]},),
    "selesai_indikator": ({"tahun": 2026, "jumlah": 38, "berubah": 3},),
    "data_berkas": ({**TASK, "baris": 9}, {**TASK, "baris": 0}),
    "lihat_ditutup": ({},),
    "berkas_ditolak": (
        {**REFUSED_SHEET, "temuan": [finding("E03", example="85,50")]},
        {**REFUSED_SHEET, "temuan": list(FINDINGS[:2]), "sejak": SINCE},
    ),
    "berkas_lain": ({**TASK, "nama": "Format.xlsx", "temuan": list(FINDINGS[:2])},),
    "foto_bukan_data": ({"nama": "foto.jpg"},),
    **{
        f"tolak_{reason}": (REFUSED_FILE, {**REFUSED_FILE, "batas": None})
        for reason in (*get_args(Reason), "unfetched")
    },
    "berkas_tak_diminta": ({"nama": "foto.jpg"},),
    "berkas_tanpa_tugas": ({"nama": "Format.xlsx", "tugas": []},),
    "berkas_beberapa_tugas": ({"nama": "Format.xlsx", "tugas": [TASK]},),
    "tanya_sop": ({},),
    "tanya_periode": ({"sop": "Pengumpulan Data Kinerja"},),
    "periode_keliru": ({"sop": "Pengumpulan Data Kinerja", "nilai": "kemarin"},),
    "tanya_format": ({},),
    "tanya_unit_perintah": ({},),
    "tanya_sifat": ({},),
    "tanya_tenggat": ({"contoh": NANTI, "usang": None}, {"contoh": NANTI, "usang": SAAT}),
    "tenggat_keliru": ({"contoh": NANTI, "nilai": "besok"},),
    "tanya_arahan": ({},),
    "ringkasan_perintah": tuple(
        {
            "sop": "Pengumpulan Data Kinerja",
            "periode": "TW III 2026",
            "format": "Indikator",
            "unit": ["SEK", "DAL"],
            "semua": is_all,
            "sifat": "Biasa",
            "arahan": arahan,
            "target": NANTI,
            "menit": 2055,
            "usang": usang,
        }
        for is_all, arahan, usang in ((True, "", None), (False, "Agar segera.", SAAT))
    ),
    "perintah_tak_dipahami": (
        {"nilai": "laporan", "contoh": ["pengumpulan", "perbaikan"]},
        {"nilai": "laporan", "contoh": []},
    ),
    "tanya_catatan": ({"penerima": "Kasubag"},),
    "tanya_rapat_waktu": ({},),
    "tanya_rapat_peserta": ({},),
    "tanya_rapat_bagian": ({"jumlah": 9},),
    "tanya_rapat_baris": ({"nama": "Dedi Salangga"},),
    "tanya_rapat_bukti": ({"kode": ["KBK-03"]},),
    "tanya_rapat_hasil": ({},),
    "ringkasan_rapat": (
        {
            "unit": "KBK",
            "waktu": "24-11-2026, 08.30-08.55, ruang bidang",
            "peserta": [IBU["nama"]],
            "bagian": [{**BAPAK, "baris": ["KBK-08", "KBK-09"]}],
            "hasil": "Semua data s.d. 30 September.",
            "bukti": "Rekap DP3A/KUA",
            "label": "Catat rapat",
        },
    ),
    "tanya_ke_langkah": ({},),
    "tanya_unit": ({},),
    "tanya_baris_kembali": ({},),
    "tanya_catatan_kembali": (
        {"kode": "KBK-05", "paling_sedikit": 10},
        {"kode": "", "paling_sedikit": 10},
    ),
    "ringkasan_kembali": (
        GIVEN_BACK,
        {**GIVEN_BACK, "langkah": None, "unit": None, "orang": [], "uraian": ""},
    ),
    "tanya_alasan_gugur": ({"kode": "KBK-05"},),
    "tanya_sanggah_baris": ({},),
    "tanya_sanggah_bukti": ({},),
    "tanya_sanggah_alasan": ({},),
    "ringkasan_sanggah": (
        {"kode": ["KBK-03"], "alasan": "Register tertulis 3.912", "berkas": "foto.jpg"},
        {"kode": ["KBK-03"], "alasan": "Register tertulis 3.912", "berkas": None},
    ),
    "tanya_penjelasan": ({},),
    "tanya_alasan_putusan": ({"putusan": "terbukti"}, {"putusan": "gugur"}),
    "tanya_analisis": ({},),
    "tanya_temuan_unit": ({},),
    "tanya_temuan_baris": ({"unit": "KBK"},),
    "tanya_temuan_catatan": ({"temuan": [MARKED]}, {"temuan": []}),
    "ringkasan_temuan": tuple(
        {
            "sop": "Perbaikan Data Kinerja",
            "periode": "TW III 2026",
            "temuan": [MARKED],
            "target": NANTI,
            "menit": 1170,
            "baru": is_new,
            "usang": SAAT if is_new else None,
        }
        for is_new in (True, False)
    ),
    "tanya_tanpa_unit": ({},),
    "tanya_alasan_tanpa": (
        {"unit": "PPR", "putuskan": True, "pemutus": ["Sekretaris", "Kepala Dinas"]},
        {"unit": "PPR", "putuskan": False, "pemutus": ["Sekretaris", "Kepala Dinas"]},
    ),
    "ringkasan_tanpa": (WITHOUT, {**WITHOUT, "putuskan": False}),
    "tekan_tombol": ({},),
    "tidak_dipahami": ({"nilai": "apa"},),
    "terlalu_pendek": ({"paling_sedikit": 10},),
    "terlalu_panjang": ({"paling_banyak": 1000, "panjang": 1234},),
    "bukan_bagian": (
        {**TASK, "kode": "KBK-03", "bidang": "KBK", "pengisi": [BAPAK], "baris": ["KBK-08"]},
        {**TASK, "kode": "PPA-03", "bidang": "PPA", "pengisi": [], "baris": ["KBK-08"]},
    ),
    "kode_tak_dikenal": (
        {"nilai": "PPX-06", "terdekat": "PPA-06"},
        {"nilai": "PPX-06", "terdekat": ""},
        {"nilai": "PPX-06"},
    ),
    "tugas_berubah": ({},),
    "sudah_diproses": (ENDED, {**ENDED, "hasil": "_batal"}),
    "bukan_kewenangan": (
        {"berwenang": ["Kepala Dinas"], "tindakan": "perintah"},
        {"berwenang": ["Admin Sistem"], "tindakan": "grup"},
    ),
    "sudah_berjalan": ({"nomor": "001/2026"},),
    "jabatan_kosong": (
        {
            "kosong": [
                {"peran": "Kepala Bidang", "unit": "PPR"},
                {"peran": "Sekretaris", "unit": None},
            ]
        },
    ),
    "tanpa_indikator": ({"unit": ["PPR"], "tahun": 2026},),
    "belum_ada_rekap": ({"sop": "Perbaikan Data Kinerja", "periode": "TW III 2026"},),
    "semua_unit_masuk": ({},),
    "perintah_tak_dikenal": ({"nilai": "laporan"},),
    "tak_ada_dibatalkan": ({},),
    "pesan_tanpa_tugas": (
        {"tugas": [TASK]},
        {"tugas": [UNTIMED], "semua": 1},
        {"tugas": [], "semua": 2},
        {"tugas": [], "semua": 0},
    ),
    "suntingan": ({"jenis": "edited", "bertanya": False},),
    "tak_dapat_dicatat": tuple(
        {"jenis": noun, "bertanya": is_asking}
        for noun in ("voice", "video", "sticker", "contact", "location", "poll", "edited", "other")
        for is_asking in (True, False)
    ),
    "belum_terdaftar": ({"singkatan": "DP2KBP3A"},),
    "belum_terdaftar_grup": ({"bot": "sigap_contoh_bot"},),
    "kode_di_grup": ({},),
    "kode_terlalu_sering": ({},),
    "kode_tak_dikenal_undangan": ({},),
    "kode_sudah_dipakai": ({},),
    "undangan_dibuka_lagi": ({"nama": IBU["nama"], "saat": SAAT},),
    "kode_kedaluwarsa": ({},),
    "akun_sudah_terdaftar": ({},),
    "orang_sudah_terdaftar": ({},),
    "undangan": (INVITED, {**INVITED, "nip": "", "jabatan": ["Admin Sistem"]}),
    "undangan_ditolak": ({},),
    "akun_aktif": (INVITED,),
    "admin_terdaftar": ({"singkatan": "DP2KBP3A"},),
    "selamat_datang": (
        {**IBU, "jabatan": ["Kepala Bidang KBK"], "tugas": 2},
        {**IBU, "jabatan": [], "tugas": 0},
    ),
    "kosong_jabatan": ({**TASK, "peran": "Kepala Bidang"}, {**UNTIMED, "peran": "Sekretaris"}),
    "tak_terjangkau": ({**TASK, "pegawai": IBU["nama"]}, {**UNTIMED, "pegawai": IBU["nama"]}),
    "grup_perintah": tuple(
        {
            "nomor": "001/2026",
            "sop": "Pengumpulan Data Kinerja",
            "periode": "TW III 2026",
            "sifat": "Segera",
            "arahan": "Agar data dihimpun lengkap.",
            "unit": ["SEK", "DAL", "KBK", "PPR", "PPA"],
            "target": NANTI,
            "perbaikan": is_correction,
        }
        for is_correction in (False, True)
    ),
    "grup_selesai": tuple(
        {
            "sop": "Pengumpulan Data Kinerja",
            "periode": "TW III 2026",
            "nomor": "001/2026",
            "induk": parent,
            "saat": SAAT,
            "sha256": "8c41e2b7" * 8,
            "jejak": "1b7e04a9" * 8,
            "singkatan": "DP2KBP3A",
            "angka": figures,
            "tanpa_unit": skipped,
            "lama": 714,
            "standar": 2055,
            "kode": "8C41-E2B7",
            "versi": 1,
        }
        for parent, figures, skipped in (
            (None, OFFICE, []),
            ("001/2026", {**NO_FIGURES, "unit": []}, ["PPR"]),
        )
    ),
    "papan": (
        GROUP_BOARD,
        {**GROUP_BOARD, "papan": NO_UNITS, "status": "menunggu"},
        {**GROUP_BOARD, "status": "selesai", "berakhir": SAAT, "lama": 714},
        {**GROUP_BOARD, "status": "batal"},
        {**GROUP_BOARD, "papan": HELD_BOARD},
    ),
    "grup_terikat": (
        {"judul": "Data Kinerja", "sematkan": True},
        {"judul": "x", "sematkan": False},
    ),
    "grup_di_pribadi": ({"bot": "sigap_contoh_bot"},),
    "bukan_admin_grup": ({},),
    "grup_lepas": ({},),
    "tak_boleh_semat": ({},),
    "tanpa_tugas": ({},),
    "daftar_tugas": (
        {"tugas": [LISTED, {**LISTED, "langkah": None, "unit": None, "lewat": True}], "semua": 9},
        {"tugas": [{**LISTED, "batas": None}], "semua": 1},
    ),
    "nomor_tak_ada": ({"nomor": "9", "ada": ["001/2026"]}, {"nomor": "9", "ada": []}),
    "belum_ada_perintah": ({},),
    "pilih_status": ({},),
    "pilih_rekap": ({},),
    "status": (STATUS, {**STATUS, "status": "selesai", "tugas": [], "papan": NO_UNITS}),
    "rekap": (
        PAPER,
        {**PAPER, "digantikan": True},
        {**PAPER, "selesai_perintah": False},
    ),
    "rekap_belum": ({"nomor": "001/2026"},),
    "bantuan": (
        {"peran": ["Kepala Bidang"], "perintah": list(COMMANDS), "tugas": [TASK]},
        {"peran": [], "perintah": ["daftar", "bantuan"], "tugas": []},
        {"peran": [], "perintah": ["bantuan"], "tugas": [UNTIMED]},
    ),
    "lewat_batas": (
        {**TASK, "lewat": 5, "pemegang": YTH},
        {**TASK, "lewat": 0, "pemegang": YTH},
    ),
    "tanda_terima_ditunggu": ({**UNTIMED, "lewat": 0, "pemegang": YTH},),
    "eskalasi": (
        {**TASK, "lewat": 60, "pemegang": YTH},
        {**TASK, "lewat": 60, "pemegang": {**YTH, "nama": ""}},
    ),
    "tiga_kali_kembali": (
        {"langkah": 5, "unit": "KBK", "nomor": "001/2026", "kali": 3},
        {"langkah": None, "unit": None, "nomor": "001/2026", "kali": 3},
    ),
    "mohon_lanjut_tanpa": (WITHOUT,),
    "permohonan_tanpa": (WITHOUT,),
    "unit_dilewati": (WITHOUT,),
    "temuan_gugur_unit": ({"unit": "KBK", "alasan": "Sesuai register.", "nomor": "002/2026"},),
    "akhir": (
        *(
            {**ENDED, "hasil": outcome}
            for outcome in (
                "diterbitkan",
                "format_siap",
                "disebar",
                "rapat_dicatat",
                "dikirim",
                "diajukan",
                "divalidasi",
                "disampaikan",
                "diterima",
                "diajukan_rekap",
                "diparaf",
                "ditandatangani",
                "diteruskan",
                "dikembalikan",
                "diverifikasi",
                "dikoordinasikan",
                "gugur_semua",
                "diputus_terbukti",
                "diputus_gugur",
                "dijelaskan",
                "_ulang",
                "_batal",
                "_tahan",
                "unknown",
            )
        ),
        {**ENDED, "oleh": {"sapaan": "", "nama": "Sistem"}, "unit": None},
    ),
    "gangguan": ({"kode": "i12"},),
    "gangguan_pesan": ({"kode": "o690"},),
    "gangguan_admin": ({"kode": "i12"}, {"kode": "i12, o7"}),
    "sehat": (HEALTH, {**HEALTH, "cadangan": "", "kode": "", "disk": 7, "hari_libur": 0}),
    "cadangan_selesai": (
        {"nama": "sigap-20261124-0730.tar.gz", "ukuran": "12.4", "berkas": "214"},
    ),
    "gangguan_cadangan": ({"sebab": "OSError"},),
    "gangguan_berkas": ({"jumlah": 2},),
    "gangguan_disk": ({"persen": 7},),
    "gangguan_jam": ({"menit": -4}, {"menit": 9}),
    "jeda_panjang": ({"sejak": SAAT, "sampai": NANTI},),
    "dipulihkan": ({"sejak": SAAT, "sampai": NANTI}, {"sejak": None, "sampai": NANTI}),
    "privasi": ({"terdaftar": True}, {"terdaftar": False}),
    "kirim_ulang": ({},),
    "berkas_mungkin_belum": ({"nama": "Format.xlsx"},),
}
TOAST: dict[str, Json] = {
    "gangguan": {"kode": "o690"},
    "belum_ada_berkas": {},
    "tombol_lama": {},
    "tampilan_diperbarui": {},
    "bukan_kewenangan": {},
    "belum_terdaftar": {},
    "semua_unit_masuk": {},
    "sudah_diproses": ENDED,
    **{f"menu.{name}": {} for name in COMMANDS},
}
TOMBOL_ARGS: dict[str, Json] = {
    "pasti": DOUBT,
    "sumber_lalu": {"sumber": "Laporan balai penyuluhan", "periode": "TW II 2026"},
    "isi_chat_lanjut": {"ke": 3, "dari": 9},
    "baris_angka": {"kode": "KBK-01", "nama": "Angka kelahiran total", "nilai": "60,48"},
    "buka_tugas_ke": {"ke": 1},
    "dipilih": {"nama": "Dedi Salangga"},
    "tak_dipilih": {"nama": "Dedi Salangga"},
    "halaman": {"hal": 1, "dari": 2},
    "ke_langkah": {"langkah": 5, "uraian": "Menyusun data kinerja"},
    "kembalikan_unit": {"unit": "KBK"},
    "lanjut": {"n": 2},
    "lihat_unit": {"unit": "KBK"},
    "pakai": {"nilai": "61", "kode": "PPA-05"},
    "rapat_hari_ini": {"mulai": "08.30", "akhir": "08.55"},
    "semua_ke": {"nama": "Wahyuni Tamali"},
    "tanda_tangani_versi": {"versi": 1},
    "setujui_rekonstruksi": {"sop": "Pengumpulan Data Kinerja"},
    "tenggat_baku": {"saat": NANTI},
    "tenggat_hari": {"n": 1, "saat": NANTI},
}
