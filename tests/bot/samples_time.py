"""Arguments of the sentences about time and people."""

from typing import Any

from tests.bot.samples import BAPAK, IBU, NANTI, SAAT, TASK, UNTIMED, YTH

Json = dict[str, Any]
LINE = {
    "langkah": 7,
    "uraian": "Menghimpun dan memvalidasi data kinerja",
    "unit": "KBK",
    "nomor": "001/2026",
    "sop": "Pengumpulan Data Kinerja",
    "periode": "TW III 2026",
    "batas": NANTI,
    "lewat": False,
}
LATE = {**LINE, "lewat": True, "pemegang": "Irma Balansa"}
ASKED = {**TASK, "pemohon": YTH, "menjadi": NANTI, "alasan": "Laporan baru masuk pagi ini."}
JUDGED = {**TASK, "hasil": "disetujui", "oleh": YTH, "keterangan": "", "lama": SAAT}
HINDERED = {
    **TASK,
    "pemohon": YTH,
    "alasan": "Angka menunggu BPKAD",
    "pihak": "pihak_luar",
    "saat": SAAT,
    "kepada": YTH,
    "jeda": True,
}
OUTAGE = {
    "menit": 50,
    "mulai": SAAT,
    "akhir": NANTI,
    "alasan": "Listrik kantor padam",
    "tugas": 7,
}
PESAN: dict[str, tuple[Json, ...]] = {
    "pengingat": ({**TASK, "lewat": 0, "sisa": 240, "kendala": "", "pemegang": YTH},),
    "diingatkan": ({**TASK, "oleh": YTH}, {**UNTIMED, "oleh": YTH}),
    "ringkasan_pagi": (
        {
            "yth": YTH,
            "tanggal": SAAT,
            "tugas": [LINE, {**LINE, "batas": None, "langkah": None}],
            "semua": 2,
            "terlambat": [LATE],
            "lewat": 1,
        },
        {"yth": YTH, "tanggal": SAAT, "tugas": [], "semua": 0, "terlambat": [LATE], "lewat": 1},
    ),
    "batas_bergeser": ({**OUTAGE, "alasan": ""}, OUTAGE),
    "tanya_gangguan_mulai": ({"contoh": SAAT},),
    "tanya_gangguan_selesai": ({"contoh": SAAT},),
    "tanya_gangguan_alasan": ({},),
    "gangguan_keliru": ({"nilai": "besok", "contoh": SAAT},),
    "ringkasan_gangguan": (OUTAGE,),
    "gangguan_tumpang_tindih": ({**OUTAGE, "ada_mulai": SAAT, "ada_akhir": NANTI},),
    "gangguan_tanpa_jam_kerja": (OUTAGE,),
    "gangguan_dinyatakan": (OUTAGE,),
    "plt_lama": (
        {
            "nama": "Fadli Onggali",
            "jabatan": "Kepala Bidang PP",
            "hari": 75,
            "mulai": "2026-09-01",
            "genap": False,
        },
        {
            "nama": "Fadli Onggali",
            "jabatan": "Kepala Bidang PP",
            "hari": 91,
            "mulai": "2026-09-01",
            "genap": True,
        },
    ),
    "kalender_belum": ({"tahun": 2028},),
    "akhir_triwulan": ({"yth": YTH, "periode": "TW IV 2026", "sop": "Pengumpulan Data Kinerja"},),
    "tanya_perpanjangan": (
        {"batas": SAAT, "terlambat": False, "usang": None},
        {"batas": SAAT, "terlambat": True, "usang": SAAT},
    ),
    "tanya_alasan_perpanjangan": ({"batas": SAAT},),
    "tanya_alasan_tolak": ({},),
    "waktu_keliru": (
        {"nilai": "besok", "batas": SAAT, "terlambat": False},
        {"nilai": "besok", "batas": SAAT, "terlambat": True},
    ),
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
    "di_luar_batas_unit": ({"batas": NANTI, "pemutus": ["Sekretaris"]},),
    "tanya_kendala": ({},),
    "tanya_rincian_kendala": ({"sebab": "kendala_data"}, {"sebab": "kendala_tugas"}),
    "tanya_pihak": ({},),
    "kendala_dicatat": (HINDERED, {**HINDERED, "kepada": None, "jeda": False}),
    "kendala_disampaikan": (HINDERED, {**HINDERED, "pihak": "lain"}),
    "kendala_diputus": (
        {**TASK, "hasil": "jeda", "oleh": YTH, "saat": SAAT},
        {**TASK, "hasil": "tanpa_jeda", "oleh": YTH, "saat": SAAT},
    ),
    "kendala_berakhir": (
        {**TASK, "saat": SAAT, "lama": 195},
        {**UNTIMED, "saat": SAAT, "lama": 0},
    ),
    "pilih_kendala": ({"tugas": [LINE, LINE]},),
    "pilih_panjang": ({"tugas": [LINE, LINE]},),
    "tanya_alihkan": ({},),
    "tugas_dialihkan": ({**TASK, "dari_orang": IBU, "kepada": BAPAK, "saat": SAAT},),
    "dialihkan": ({**TASK, "kepada": {**YTH, "jenis": "Plh"}, "saat": SAAT},),
    "putusan_ditarik": ({"unit": "KBK", "nomor": "002/2026"},),
    "diurungkan": ({"hasil": "divalidasi", "saat": SAAT, "kini": NANTI},),
}
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
    "sampai_pagi": {"besok": True, "saat": NANTI},
    "tambah_hari": {"menit": 450, "saat": NANTI},
    "tambah_menit": {"menit": 60, "saat": NANTI},
    "tambah_setengah": {"menit": 225, "saat": NANTI},
    "tugas_ke": {"ke": 1},
    "urungkan": {"saat": SAAT},
    "sejak_buka": {"saat": SAAT},
    "sebagai": {"tindakan": "Tanda tangani", "jenis": "Plh", "peran": "Kepala Dinas"},
    "urungkan_unit": {"unit": "PPA", "saat": SAAT},
}
POST = {
    **IBU,
    "akhiri": False,
    "jenis": "Plh",
    "jabatan": "Kepala Bidang",
    "unit": "KBK",
    "mulai": "2026-11-25",
    "berakhir": "2026-11-27",
    "surat": "800.1.11/61/2026",
    "sebelumnya": "",
}
ENDING = {**POST, "akhiri": True, "mulai": None, "surat": ""}
LASTING = {
    **POST,
    "jenis": "definitif",
    "berakhir": None,
    "surat": "",
    "sebelumnya": BAPAK["nama"],
}
READY = {
    "saat": SAAT,
    "grup": True,
    "sematkan": True,
    "kosong": [],
    "aktif": 14,
    "semua": 14,
    "belum": [],
    "tahun": 2026,
    "libur": 25,
    "indikator": 37,
    "tanpa_indikator": [],
}
STOPPED = {
    "nomor": "001/2026",
    "sop": "Pengumpulan Data Kinerja",
    "periode": "TW III 2026",
    "ikut": "",
    "bersama": "",
    "kembali": "",
    "tugas": 5,
    "alasan": "Diganti perintah baru.",
    "oleh": IBU,
    "saat": SAAT,
}
STOPS = (STOPPED, {**STOPPED, "ikut": "002/2026"}, {**STOPPED, "kembali": "001/2026"})
CHANGED = {
    "nomor": "001/2026",
    "semula": SAAT,
    "tenggat": NANTI,
    "unit": None,
    "saat": SAAT,
}
CLAIMED = {
    **IBU,
    "nip": "198508172010012001",
    "jabatan": ["Kepala Bidang KBK"],
    "ganti": False,
}
RECORDED = {
    **TASK,
    "pejabat": IBU["nama"],
    "operator": BAPAK,
    "tindakan": "Validasi",
    "saat": SAAT,
    "sampai": NANTI,
    "hasil": "divalidasi",
    "alasan": "Saya tidak pernah menandatangani lembar itu.",
}
DAY_OFF = {
    "jenis": "libur",
    "tanggal": "2026-12-09",
    "nama": "Pilkada",
    "dasar": "SE Bupati 800/15/2026",
    "bergeser": [{**LINE, "menjadi": NANTI}],
    "semua": 1,
}
REMOVED_DAY = {**DAY_OFF, "jenis": "hapus", "nama": "", "dasar": "", "bergeser": [], "semua": 0}
CONCEPT = {
    "dari": YTH,
    "sop": "Pengumpulan Data Kinerja",
    "periode": "TW III 2026",
    "format": "Indikator kinerja",
    "unit": ["SEK", "DAL"],
    "semua": False,
    "sifat": "Segera",
    "arahan": "Agar lengkap.",
    "target": NANTI,
}
PESAN |= {
    "tanya_pejabat": ({},),
    "tanya_peran": ({},),
    "tanya_unit_pejabat": ({},),
    "tanya_orang": ({},),
    "orang_tak_dikenal": ({"nilai": "Budi"},),
    "tanya_jenis": ({"atas_nama": False}, {"atas_nama": True}),
    "tanya_penugasan": ({},),
    "tanya_mulai": ({},),
    "tanya_selesai": ({"mulai": "2026-11-25"},),
    "tanggal_keliru": ({"nilai": "kemarin"},),
    "selesai_sebelum_mulai": ({"nilai": "01-11-2026", "mulai": "2026-11-25"},),
    "tanya_surat": ({},),
    "ringkasan_pejabat": (POST, ENDING, LASTING),
    "pejabat_ditetapkan": ({**POST, "saat": SAAT}, {**ENDING, "saat": SAAT}),
    "dua_pemegang": ({**POST, "pemegang": BAPAK["nama"]},),
    "pelaksana_jabatan": (
        {**POST, "dialihkan": [LINE, {**LINE, "langkah": None, "batas": None}], "jumlah": 5},
        {**LASTING, "dialihkan": [], "jumlah": 0},
        {**LASTING, "jenis": "a.n", "dialihkan": [], "jumlah": 0},
    ),
    "bagian_ditinggal": ({**LINE, "nama": BAPAK["nama"]},),
    "penugasan_berakhir": (ENDING,),
    "kesiapan": (
        READY,
        {
            **READY,
            "grup": False,
            "sematkan": False,
            "belum": ["Taufik Ranggo"],
            "libur": 0,
            "kosong": [{"peran": "Kepala Bidang", "unit": "PPR"}],
            "tanpa_indikator": ["PPR"],
        },
    ),
    "tanya_alasan_henti": ({"nomor": "001/2026"},),
    "ringkasan_henti": STOPS,
    "selesai_dihentikan": STOPS,
    "perintah_dihentikan": (*STOPS, {**STOPPED, "bersama": "001/2026"}),
    "perintah_berakhir": (
        {"nomor": "001/2026", "status": "batal", "saat": SAAT},
        {"nomor": "001/2026", "status": "selesai", "saat": SAAT},
    ),
    "tak_ada_yang_berjalan": ({},),
    "pilih_yang_diubah": ({},),
    "tanya_ubah": ({"nomor": "001/2026"},),
    "tanya_unit_susulan": ({},),
    "ringkasan_ubah": (CHANGED, {**CHANGED, "tenggat": None, "unit": "PPR"}),
    "selesai_diubah": (CHANGED, {**CHANGED, "tenggat": None, "unit": "PPR"}),
    "pendaftaran_menunggu": (CLAIMED, {**CLAIMED, "ganti": True}),
    "menunggu_konfirmasi": (CLAIMED,),
    "pendaftaran_ditolak": (CLAIMED,),
    "pendaftaran_diputus": (
        {**CLAIMED, "hasil": "disetujui", "ganti": True},
        {**CLAIMED, "hasil": "ditolak"},
    ),
    "akun_dicabut": (CLAIMED,),
    "tak_ada_dicatat": ({},),
    "pilih_catat": ({"tugas": [{**LINE, "pejabat": "Herlina Sumbolan"}]},),
    "tanya_catat": (RECORDED,),
    "tanya_bukti_catat": ({},),
    "pejabat_bertelegram": (TASK,),
    "catat_kirim_berkas": (TASK,),
    "atas_nama": ({"pejabat": BAPAK["nama"], "operator": IBU["nama"]},),
    "selesai_dicatat": (RECORDED, {**RECORDED, "tindakan": "", "hasil": "disanggah"}),
    "dicatat_operator": (RECORDED,),
    "tanya_keberatan": ({},),
    "keberatan_diajukan": (RECORDED,),
    "keberatan_dicatat": ({**RECORDED, "penerima": ["Sekretaris", "Kepala Dinas"]},),
    "kalender_libur": (
        {
            "tahun": 2026,
            "jumlah": 25,
            "hari": [{"tanggal": "2026-12-25", "nama": "Natal"}],
            "lokal": [{"tanggal": "2026-12-09", "nama": "Pilkada", "dasar": "SE", "kerja": False}],
            "tahun_depan": False,
        },
        {"tahun": 2026, "jumlah": 25, "hari": [], "lokal": [], "tahun_depan": True},
    ),
    "tanya_libur": ({},),
    "tanya_libur_hapus": ({},),
    "tanya_libur_tanggal": ({},),
    "tanya_libur_nama": ({},),
    "tanya_libur_dasar": ({},),
    "ringkasan_libur": (DAY_OFF, REMOVED_DAY),
    "libur_disimpan": (DAY_OFF, REMOVED_DAY),
    "batas_dihitung_ulang": ({"saat": SAAT},),
    "konsep_perintah": (CONCEPT, {**CONCEPT, "semua": True}),
    "konsep_disampaikan": ({**CONCEPT, "penerima": "Kepala Dinas"},),
    "konsep_ditolak": ({"oleh": YTH, "dari": BAPAK},),
}
TOAST |= {
    "keberatan_lewat": {},
    "menu.hentikan": {},
    "menu.ubah": {},
    "menu.siap": {},
    "menu.pejabat": {},
    "menu.catat": {},
    "menu.libur": {},
}

STAFF = {
    "pegawai": 14,
    "penugasan": 16,
    "baru": [IBU["nama"]],
    "penugasan_baru": 2,
    "berubah": [BAPAK["nama"]],
    "akhiri": ["Dedi Salangga (Pelaksana KBK)"],
}
MISTAKE = {
    "aturan": "two_holders",
    "sel": "F9",
    "kolom": "Peran",
    "kode": IBU["nama"],
    "nilai": "kepala_unit",
    "rincian": "Ardin Lasimpo (row 4)",
    "contoh": "",
}
PESAN |= {
    "daftar_pegawai": (
        {"jumlah": 14, "belum": [IBU["nama"]], "menunggu": 1},
        {"jumlah": 14, "belum": [], "menunggu": 0},
    ),
    "tanya_pegawai": ({},),
    "pegawai_salah": ({"nama": "pegawai.xlsx", "salah": [MISTAKE], "jumlah": 2},),
    "ringkasan_pegawai": (STAFF, {**STAFF, "baru": [], "berubah": [], "akhiri": []}),
    "selesai_pegawai": (STAFF,),
    "tanpa_admin": ({},),
    "undangan_dibuat": ({"jumlah": 3},),
    "tanya_dicatatkan": ({"ditandai": []}, {"ditandai": [IBU["nama"]]}),
    "dicatatkan": tuple(
        {"saat": SAAT, "nama": IBU["nama"], "ditandai": is_on} for is_on in (True, False)
    ),
    "boleh_dicatat": tuple(
        {"ditandai": is_on, "jabatan": ["Kepala Bidang Pengendalian Penduduk"]}
        for is_on in (True, False)
    ),
    "semua_terdaftar": ({},),
}
TOAST |= {"menu.pegawai": {}}
