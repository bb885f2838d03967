"""The content of one paper of each kind, all invented; `text` goes into every field of words."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flows.papers.catalogue import line_of
from flows.papers.picture_facts import FlowRow
from flows.sops.sop import Sop

Json = dict[str, Any]

ZONE = "Asia/Makassar"
BEGUN = datetime(2026, 11, 24, 0, 3, tzinfo=UTC)
KOP: Json = {
    "pemda": "PEMERINTAH KABUPATEN CONTOH",
    "nama": (
        "DINAS PENGENDALIAN PENDUDUK, KELUARGA BERENCANA, PEMBERDAYAAN PEREMPUAN"
        " DAN PERLINDUNGAN ANAK"
    ),
    "singkatan": "DP2KBP3A",
    "alamat": None,
    "telepon": None,
}
NAMES = {
    "SEK": "Sekretariat",
    "DAL": "Bidang Pengendalian Penduduk, Penyuluhan dan Penggerakan",
    "KBK": "Bidang Keluarga Berencana, Ketahanan dan Kesejahteraan Keluarga",
    "PPR": "Bidang Pemberdayaan Perempuan",
    "PPA": "Bidang Perlindungan Perempuan dan Anak",
}
LONG_NAME = (
    "Prof. Dr. dr. Hj. Contohwati Panjangnamasekalitanpaspasi Perempuanwijaya, Sp.O.G., M.Kes."
)


def _at(minutes: int) -> str:
    return (BEGUN + timedelta(minutes=minutes)).isoformat()


def _letter(minutes: int = 0) -> Json:
    return {"kop": dict(KOP), "zona": ZONE, "dibuat": _at(minutes)}


def _signatory(name: str, *titles: str, approved: int | None = 0) -> Json:
    return {
        "tempat": "Luwuk",
        "tanggal": _at(0),
        "jabatan": list(titles),
        "nama": name,
        "pangkat": "Pembina Utama Muda, IV/c",
        "nip": "197001011995031001",
        "disetujui": None if approved is None else _at(approved),
    }


def _head(approved: int | None = 0) -> Json:
    title = "KEPALA " + KOP["nama"] + ","
    return _signatory("Contoh Kepala Dinas, S.Sos., M.Si.", title, approved=approved)


def _passing(post: str, name: str, minutes: int) -> Json:
    return {"jabatan": post, "dituju": True, "nama": name, "waktu": _at(minutes)}


def disposisi(text: str = "", paper: str = "setengah_F4_potret") -> Json:
    return {
        **_letter(18),
        "bentuk": line_of("disposisi").shape,
        "kertas": paper,
        "surat_dari": text or "Kepala DP2KBP3A (perintah internal)",
        "nomor_surat": "-",
        "agenda": "001/2026",
        "sifat": "Segera",
        "pilihan_sifat": ["Biasa", "Segera", "Sangat Segera", "Rahasia"],
        "hal": text or "Pengumpulan Data Kinerja TW III 2026",
        "harap": ["Proses lebih lanjut"],
        "pilihan_harap": [
            "Tanggapan dan saran", "Proses lebih lanjut", "Koordinasi/konfirmasikan",
            "Untuk diketahui", "Laporkan hasilnya", "Lainnya",
        ],
        "arahan": text or "Agar data dihimpun lengkap dengan bukti dukung.",
        "diterima": _at(0),
        "batas": _at(8952),
        "diteruskan": [
            _passing("Sekretaris", text or "Contoh Sekretaris, S.H.", 10),
            _passing("Kasubag Perencanaan dan Evaluasi", "Contoh Kasubag, S.E.", 18),
        ],
        "catatan": [
            {"dari": "Sekretaris", "isi": text or "Mohon format memuat kolom bukti dukung."}
        ],
        "temuan": [],
        "tanda_tangan": _head(),
    }  # fmt: skip


def pengantar(text: str = "") -> Json:
    return {
        **_letter(60),
        "unit": "KBK",
        "unit_nama": text or NAMES["KBK"],
        "kepada": text or "Kepala Bidang Keluarga Berencana, Ketahanan dan Kesejahteraan Keluarga",
        "periode": "TW III 2026",
        "perintah": "001/2026",
        "jumlah": 9,
        "batas": _at(5000),
        "penerima": {
            "nama": text or "Contoh Kepala Bidang, S.K.M., M.Kes.",
            "jabatan": "Kepala Bidang KBK",
            "waktu": _at(65),
        },
        "tanda_tangan": _signatory(
            text or "Contoh Kasubag, S.E.", "KASUBAG PERENCANAAN DAN EVALUASI,"
        ),
    }


def notulen(text: str = "", people: int = 6, rows: int = 3) -> Json:
    return {
        **_letter(120),
        "bentuk": line_of("notulen").shape,
        "unit": "KBK",
        "unit_nama": text or NAMES["KBK"],
        "sop": "Pengumpulan Data Kinerja",
        "periode": "TW III 2026",
        "perintah": "001/2026",
        "versi": 1,
        "mulai": _at(60),
        "waktu": "08.10-09.00",
        "tempat": text or "Ruang rapat lantai II",
        "pimpinan": text or "Contoh Kepala Bidang, S.K.M., M.Kes.",
        "notulis": text or "Contoh Koordinator, A.Md.",
        "agenda": text or "Pembahasan pengisian format data kinerja TW III 2026",
        "hasil": text or "Pengisian dibagi menurut jenis pelayanan; sumber data rekap bulanan.",
        "bukti": "",
        "tindak_lanjut": [
            {
                "apa": text or f"Mengisi KBK-0{n % 9 + 1}",
                "siapa": text or f"Contoh Pelaksana {n + 1}",
                "batas": _at(3300),
            }
            for n in range(rows)
        ],
        "peserta": [
            {"nama": text or f"Contoh Peserta {n + 1}, S.E.", "jabatan": text or "Pelaksana"}
            for n in range(people)
        ],
        "koreksi": [
            {"medan": "tempat", "oleh": text or "Contoh Kepala Bidang", "waktu": _at(140)}
        ],
        "tanda_tangan": _signatory(
            text or "Contoh Kepala Bidang, S.K.M., M.Kes.", "KEPALA BIDANG KBK,"
        ),
    }


STEPS = (
    ("1", "Perintah untuk melakukan pengumpulan data kinerja", 15),
    ("2", "Memerintahkan Kasubag untuk membuat format permintaan data kinerja", 30),
    ("3", "Menyampaikan format permintaan data kinerja kepada masing-masing kepala bidang", 15),
    ("4", "Rapat kepala bidang dengan jabatan pelaksana", 60),
    ("5", "Menyusun data kinerja", 480),
    ("6", "Melakukan rekapitulasi data kinerja", 480),
    ("7", "Menghimpun dan memvalidasi data kinerja", 480),
    ("8", "Menyampaikan data kinerja kepada Kasubag", 15),
    ("9", "Melakukan rekapitulasi data kinerja DP2KBP3A", 480),
)


def berita_acara(text: str = "", units: int = 5) -> Json:
    codes = [*NAMES, *(f"U{n:02d}" for n in range(6, units + 1))][:units]
    steps = [
        {
            "langkah": number,
            "uraian": text or uraian,
            "unit": unit,
            "oleh": text or "Contoh Pejabat, S.E.",
            "selesai": _at(400 * int(number)),
            "menit": minutes - 3,
            "standar": minutes,
        }
        for number, uraian, minutes in STEPS
        for unit in (codes if number in "45678" else [""])
    ]
    return {
        **_letter(7000),
        "sop": "Pengumpulan Data Kinerja",
        "periode": "TW III 2026",
        "perintah": "001/2026",
        "terbit": _at(0),
        "lama": 1911,
        "standar": 2055,
        "versi": 1,
        "rekap": "8C41-E2B7",
        "tanpa_unit": [],
        "langkah": steps,
        "ulangan": 1,
        "catatan": ["Rangkap peran: Contoh Sekretaris sebagai Kepala Bidang (SEK)"],
        "paraf": [
            {
                "jabatan": "Sekretaris",
                "nama": text or "Contoh Sekretaris",
                "waktu": _at(6900),
                "kode": "8C41-E2B7",
            }
        ],
        "tanda_tangan": _head(7000),
    }  # fmt: skip


def undangan(text: str = "", people: int = 3) -> Json:
    return {
        **_letter(),
        "bot": "@sigap_contoh_bot",
        "orang": [
            {
                "nama": text or f"Contoh Pegawai {n + 1}, S.E.",
                "jabatan": text or "Pelaksana",
                "kode": "7QK4M2XB9D",
                "tautan": "https://t.me/sigap_contoh_bot?start=7QK4M2XB9D",
                "berlaku": _at(20160),
            }
            for n in range(people)
        ],
    }


def daftar_periksa(text: str = "", files: int = 24) -> Json:
    return {
        **_letter(7100),
        "sop": "Pengumpulan Data Kinerja",
        "periode": "TW III 2026",
        "perintah": "001/2026",
        "bagian": "",
        "jejak": "1B7E04A9",
        "berkas": [
            {
                "nama": text or f"data/KBK_v{n + 1}.xlsx",
                "ukuran": 12_400 + n,
                "sha256": f"{n:064x}",
            }
            for n in range(files)
        ],
    }


def papan(units: int = 5, text: str = "") -> Json:
    codes = [*NAMES, *(f"U{n:02d}" for n in range(6, 60))][:units]
    states = ("diterima", "berjalan", "berjalan", "kembali", "menunggu")
    marks = ("selesai", "selesai", "berjalan", "kembali", "belum")
    return {
        **_letter(3000),
        "judul": text or "Pengumpulan Data Kinerja TW III 2026",
        "perintah": "001/2026",
        "baris": [
            {
                "kode": code,
                "sel": [
                    {"nama": str(step), "tanda": marks[(n + step) % 5]} for step in range(4, 9)
                ],
                "keadaan": states[n % 5],
                "siapa": text or "Ibu Contoh Kepala Bidang",
                "batas": _at(4000) if n % 5 in (1, 2, 3) else None,
                "lewat": n % 5 == 2,
            }
            for n, code in enumerate(codes)
        ],
        "kantor": [
            {"nama": step, "tanda": mark}
            for step, mark in (
                ("1 perintah", "selesai"), ("2 format", "selesai"), ("3 sebar", "selesai"),
                ("9 rekap", "belum"), ("penutup", "belum"),
            )
        ],
        "kolom": ["4 rapat", "5 isi", "6 rekap", "7 validasi", "8 kirim"],
        "jejak": "1B7E04A9",
    }  # fmt: skip


WORDS = (
    *("perintah", "format", "sebar", "rapat", "isi", "rekap", "validasi", "kirim"),
    "tandatangani",
)


def perjalanan() -> Json:
    bars, start = [], 0
    for number, _, minutes in STEPS:
        is_done = int(number) < 7
        late = 40 if number == "5" else 0
        bars.append(
            {
                "nama": f"{number} {WORDS[int(number) - 1]}",
                "dari": start + 10 if is_done else None,
                "sampai": start + minutes + late if is_done else None,
                "standar_dari": start,
                "standar_sampai": start + minutes,
                "keadaan": "lewat" if late else "selesai" if is_done else "belum",
            }
        )
        start += minutes
    days = ("Sel 24", "Rab 25", "Kam 26", "Jum 27", "Sen 30")
    return {
        **_letter(4000),
        "judul": "Perjalanan Pengumpulan Data Kinerja TW III 2026",
        "perintah": "001/2026",
        "bar": bars,
        "hari": [{"menit": 450 * n, "label": day} for n, day in enumerate(days)],
        "target": 2055,
        "kini": 1200,
        "lama": 1200,
        "standar": 2055,
    }


def capaian(units: int = 5) -> Json:
    codes = [*NAMES, *(f"U{n:02d}" for n in range(6, 60))][:units]
    values = ("97.19", "81.77", "98.74", "79.93", "75.32")
    levels = ("Sangat Tinggi", "Tinggi", "Sangat Tinggi", "Tinggi", "Sedang")
    return {
        **_letter(7000),
        "judul": "Capaian Data Kinerja TW III 2026",
        "perintah": "001/2026",
        "unit": [
            {
                "kode": code,
                "mentah": values[n % 5],
                "kategori": levels[n % 5],
                "isi": "7/7",
            }
            for n, code in enumerate(codes)
        ],
        "dinas": {"kode": "DP2KBP3A", "mentah": "87.45", "kategori": "Tinggi", "isi": "36/37"},
        "kelas": ["Sangat Tinggi", "Tinggi", "Sedang", "Rendah", "Sangat Rendah"],
    }


def sop(definition: Sop, variant: str, columns: Sequence[str], rows: Sequence[FlowRow]) -> Json:
    """The paper of an SOP, its rows laid out already."""
    identity = definition.identity
    return {
        **_letter(),
        "varian": variant,
        "judul": definition.title,
        "pemda": identity.government,
        "perangkat": identity.office,
        "kabupaten": identity.region,
        "disahkan_oleh": identity.approved_by,
        "dasar_hukum": definition.legal_basis,
        "kualifikasi": definition.qualification,
        "keterkaitan": definition.related,
        "peralatan": definition.equipment,
        "peringatan": definition.warning,
        "pencatatan": definition.recording,
        "kolom": columns,
        "baris": [row.body() for row in rows],
        "perintah": "001/2026",
    }


def ratified() -> Json:
    """The word of the Kepala Dinas on a reconstruction."""
    head = _head()
    return {name: head[name] for name in ("jabatan", "nama", "nip", "disetujui")}
