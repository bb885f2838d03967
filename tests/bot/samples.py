"""Arguments of what no story shows: the machine's own words, practice, rare refusals.

The stories hold all other texts to their rules as they show them (tests/worded.py).
"""

from typing import Any

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
TASK: Json = {
    "yth": YTH,
    "sop": "Pengumpulan Data Kinerja",
    "periode": "TW III 2026",
    "nomor": "001/2026",
    "langkah": 7,
    "total": 9,
    "singkat": "Validasi data",
    "uraian": "menghimpun dan memvalidasi data kinerja unit",
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
    finding("E05", example="85,50", decimal="13,20", only="13,20"),
    finding("E05", example="3.912", thousands="3.912", only="3.912"),
    finding("E05", example="12.000", words="12.000"),
    finding("E04", reason="negative", example="3.912", satuan="peserta KB baru"),
    finding("E04", reason="picture", example="3.912"),
    finding("E04", reason="picture"),
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
    finding("W04", reading="0,85", note="share", meant="85"),
    finding("W04", reading="−0,50", note="negative"),
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
USED = {"kode": "KBK-03", "periode": "TW II 2026", "nomor": "004/2026"}
COLLEAGUES = [{"nama": "Dedi Salangga, S.Sos.", "baris": ["KBK-08", "KBK-09"]}]
ANSWER = {"kode": "KBK-04", "nilai": "21,10", "periode": "TW II 2026", "alasan": ""}
UNIT_REKAP: Json = {"peringatan": [], "berubah": [], "pengisi": [], "jawaban": []}
FILLED_BY: Json = {
    "pengisi": [
        {"nama": "Wahyuni Tamali, S.K.M.", "baris": ["KBK-01", "KBK-02"], "berkas": True},
        {"nama": "Dedi Salangga, S.Sos.", "baris": ["KBK-08"], "berkas": False},
    ],
    "jawaban": [ANSWER, {**ANSWER, "periode": "", "alasan": "Koreksi TW II."}, ANSWER],
}
VOID: list[Json] = [
    {"peran": "Kasubag Perencanaan dan Evaluasi", "jenis": "paraf", "versi": 1, "oleh": ""},
    {"peran": "Sekretaris", "jenis": "paraf", "versi": 1, "oleh": "Kepala Dinas"},
]
REKAP: Json = {
    **TASK,
    "angka": {**FIGURES, "unit": []},
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
SIGNING: Json = {
    "paraf": [
        {**IBU, "peran": "Kasubag Perencanaan dan Evaluasi", "saat": SAAT},
        {**BAPAK, "peran": "Sekretaris", "saat": SAAT},
    ],
    "rangkap": [{"hasil": "divalidasi", "unit": "SEK"}, {"hasil": "dikirim", "unit": None}],
}
ENDED = {"hasil": "divalidasi", "oleh": IBU, "saat": SAAT, "nomor": "001/2026", "unit": "KBK"}
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
LINE = {
    key: TASK[key] for key in ("langkah", "uraian", "unit", "nomor", "sop", "periode", "batas")
}
CLAIMED = {**IBU, "nip": "198508172010012001", "jabatan": ["Kepala Bidang KBK"], "ganti": False}
FILLING = {**TASK, **PART, "nama": "Format.xlsx", "bacaan": [], "sejak": None, "rekan": []}
CHANGED = {**ROW, "semula": "3.192"}
TODO = {**LINE, "lewat": False}

PESAN: dict[str, tuple[Json, ...]] = {
    # Lists that are cut: test_wording makes them longer.
    "tugas_rekap_unit": (
        {**RETURNED, **FIGURES, "peringatan": [WARNING], "berubah": ["KBK-08"], **FILLED_BY},
    ),
    "isian_diterima": ({**FILLING, "rekan": COLLEAGUES},),
    "bukti_diterima": (
        {**FILLING, "nama": "f.jpg", "banyak": 3, "bukti": ["KBK-03"], "dipakai": [USED]},
    ),
    "tugas_paraf": ({**REKAP, **SIGNING, "paraf_gugur": VOID},),
    # Refusals that take two at once, a broken worker or a lost network.
    **{
        f"tolak_{reason}": (REFUSED_FILE, {**REFUSED_FILE, "batas": None})
        for reason in ("crash", "memory", "rows_lost", "unfetched")
    },
    "selesai_diverifikasi": ({**TASK, "saat": SAAT},),
    "indikator_sama": ({"nama": "Indikator_2026.xlsx"},),
    "berkas_beberapa_tugas": ({"nama": "Format.xlsx", "tugas": [TASK]},),
    "tidak_dipahami": ({"nilai": "apa"},),
    "bukan_bagian": (
        {**TASK, "kode": "KBK-03", "bidang": "KBK", "pengisi": [BAPAK], "baris": ["KBK-08"]},
        {**TASK, "kode": "PPA-03", "bidang": "PPA", "pengisi": [], "baris": ["KBK-08"]},
    ),
    "tanya_baris_ubah": (
        {"contoh": "KBK-01", "baru": CHANGED},
        {"contoh": "KBK-01", "baru": None},
    ),
    "angka_diubah": ({**FILLING, "baru": CHANGED}, {**FILLING, "baru": {**ROW, "semula": ""}}),
    "kosong_jabatan": ({**TASK, "peran": "Kepala Bidang"},),
    "disposisi": tuple(
        {"nomor": "001/2026", "kode": "8C41-E2B7", "versi": 1, "pengantar": letters}
        for letters in (0, 5)
    ),
    "notulen_semua": (
        {
            "nomor": "001/2026",
            "periode": "TW III 2026",
            "unit": ["SEK", "DAL"],
            "versi": 1,
            "kode": "8C41-E2B7",
            "boleh": True,
        },
    ),
    "waktu_keliru": ({"nilai": "besok", "batas": SAAT, "terlambat": True, "salah": {}},),
    "masih_diputus": (
        {**TASK, "jenis": "perpanjangan", "dialog": "kendala"},
        {**TASK, "jenis": "berlangsung", "dialog": ""},
    ),
    "di_luar_batas_unit": ({"batas": NANTI, "pemutus": ["Sekretaris"]},),
    "pilih_kendala": ({"tugas": [TODO]},),
    "pilih_panjang": ({"tugas": [TODO]},),
    "pendaftaran_ditolak": (CLAIMED,),
    "admin_terdaftar": (
        {
            "singkatan": "DP2KBP3A",
            "sapaan": "Bapak/Ibu",
            "mampu": ["pegawai", "pejabat", "libur"],
            "kerja": [],
        },
    ),
    "dicatatkan": tuple(
        {"saat": SAAT, "nama": IBU["nama"], "ditandai": on} for on in (True, False)
    ),
    "konsep_ditolak": ({"oleh": YTH, "dari": BAPAK},),
    "latihan": ({"peran": "Sekretaris", "saat": SAAT},),
    "latihan_mulai": ({"peran": "Kepala Dinas", "saat": SAAT},),
    # The last lines of a tugas: words of any outcome, also of one nobody knows.
    "akhir": tuple(
        {**ENDED, "hasil": outcome}
        for outcome in ("format_siap", "disebar", "gugur_semua", "lain")
    )
    + tuple(
        {**ENDED, "hasil": outcome, "berkas": {"langkah": number, "uraian": TASK["uraian"]}}
        for outcome, number in (("dikirim", 5), ("dikembalikan", None))
    ),
    "berkas_album": ({"ke": 2, "dari": 3, "nama": "panduan-admin.pdf"},),
    # The machine.
    **{key: ({"kode": "o690"},) for key in ("gangguan", "gangguan_pesan", "gangguan_admin")},
    "sehat": (HEALTH, {**HEALTH, "cadangan": "", "kode": "", "disk": 7, "hari_libur": 0}),
    "cadangan_selesai": (
        {"nama": "sigap-20261124-0730.tar.gz", "ukuran": "12.4", "berkas": "214"},
    ),
    "gangguan_cadangan": ({"sebab": "OSError"},),
    "gangguan_berkas": ({"jumlah": 2},),
    "gangguan_disk": ({"persen": 7},),
    "gangguan_jam": ({"menit": -4}, {"menit": 9}),
    "gangguan_kembar": ({},),
    "jeda_panjang": ({"sejak": SAAT, "sampai": NANTI},),
    "dipulihkan": ({"sejak": SAAT, "sampai": NANTI}, {"sejak": None, "sampai": NANTI}),
    "berkas_mungkin_belum": (
        {"nama": "Format.xlsx", "tugas": None},
        {"nama": "Format.xlsx", "tugas": {**TASK, "batas": None, "langkah": None, "unit": None}},
        {"nama": "Format.xlsx", "tugas": TASK},
    ),
}
TOAST: dict[str, Json] = {
    "gangguan": {"kode": "o690"},
    "latihan_peran": {"peran": "Sekretaris"},
    "latihan_jam": {"saat": SAAT},
    "sudah_diproses": ENDED,
}
TOMBOL: dict[str, Json] = {
    "sampai_pagi": {"besok": True, "saat": NANTI},
    "baris_angka": {"kode": "KBK-01", "nama": "Angka kelahiran total", "nilai": "60,48"},
}
