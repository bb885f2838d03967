"""The example office's figures of TW III 2026 (invented): 37 indicators of five units.

`SAMPLE` holds each row with the capaian and class it must come to; `CORRECTIONS` is what the
repair changes.
"""

from dataclasses import dataclass
from decimal import Decimal

from flows.forms.form import Direction, Indicator, Isian
from flows.forms.grading import Grading
from flows.office.sections import Kategori

QUARTER = 3
GRADING = Grading(
    scale=(
        Kategori(min=Decimal(91), nama="Sangat Tinggi"),
        Kategori(min=Decimal(76), nama="Tinggi"),
        Kategori(min=Decimal(66), nama="Sedang"),
        Kategori(min=Decimal(51), nama="Rendah"),
        Kategori(min=None, nama="Sangat Rendah"),
    )
)
CORRECTIONS = {"PPA-06": Decimal(46), "PPA-01": Decimal("15.20"), "PPR-06": Decimal(159)}


@dataclass(frozen=True, slots=True)
class SampleRow:
    indicator: Indicator
    isian: Isian
    capaian: Decimal | None
    kategori: str

    @property
    def unit(self) -> str:
        return self.indicator.unit


# kode|indikator|satuan|arah|frekuensi|sifat|target tahun|target s.d. TW3|realisasi|capaian|class
LINES = """\
SEK-01|Nilai AKIP perangkat daerah (hasil evaluasi Inspektorat)|nilai|+|tahunan|posisi|72,00|72,00|70,45|97,85|ST
SEK-02|Indeks Kepuasan Masyarakat (IKM)|indeks|+|semester|posisi|85,00|85,00|86,12|101,32|ST
SEK-03|Persentase realisasi anggaran perangkat daerah|%|+|triwulan|kumulatif|95,00|70,00|63,80|91,14|ST
SEK-04|Persentase rekomendasi hasil pemeriksaan yang ditindaklanjuti|%|+|triwulan|kumulatif|100,00|90,00|90,00|100,00|ST
SEK-05|Persentase pegawai yang menyusun SKP tepat waktu|%|+|triwulan|posisi|100,00|100,00|96,15|96,15|ST
SEK-06|Jumlah dokumen perencanaan dan pelaporan tepat waktu|dokumen|+|triwulan|kumulatif|12|9|9|100,00|ST
SEK-07|Persentase barang milik daerah dalam kondisi baik|%|+|semester|posisi|90,00|90,00|84,50|93,89|ST
DAL-01|Angka kelahiran total (TFR)|anak per WUS 15-49|-|tahunan|posisi|2,20|2,20|2,24|98,18|ST
DAL-02|Angka kelahiran remaja (ASFR 15-19)|kelahiran per 1.000 WUS|-|tahunan|posisi|30,00|30,00|36,50|78,33|T
DAL-03|Laju pertumbuhan penduduk|%|-|tahunan|posisi|1,20|1,20|n/a|n/a|-
DAL-04|Jumlah Kampung Keluarga Berkualitas aktif|kampung|+|triwulan|posisi|60|55|48|87,27|T
DAL-05|Persentase keluarga terdata dan termutakhirkan|%|+|triwulan|kumulatif|95,00|75,00|78,30|104,40|ST
DAL-06|Persentase PPKBD dan Sub PPKBD aktif|%|+|triwulan|posisi|90,00|90,00|91,20|101,33|ST
DAL-07|Jumlah kegiatan KIE Bangga Kencana|kegiatan|+|triwulan|kumulatif|92|69|71|102,90|ST
DAL-08|Jumlah dokumen Grand Design Pembangunan Kependudukan|dokumen|+|tahunan|kumulatif|1|1|0|0,00|SR
KBK-01|Angka prevalensi kontrasepsi modern (mCPR)|%|+|tahunan|posisi|64,00|64,00|60,48|94,50|ST
KBK-02|Kebutuhan ber-KB yang tidak terpenuhi (unmet need)|%|-|triwulan|posisi|11,00|11,50|13,20|85,22|T
KBK-03|Jumlah peserta KB baru|peserta|+|triwulan|kumulatif|6.400|4.800|3.912|81,50|T
KBK-04|Persentase peserta KB aktif MKJP|%|+|triwulan|posisi|24,00|23,00|21,10|91,74|ST
KBK-05|Persentase kehamilan yang tidak diinginkan|%|-|tahunan|posisi|9,00|9,00|4,10|154,44|ST
KBK-06|Indeks Pembangunan Keluarga (iBangga)|indeks|+|tahunan|posisi|61,00|61,00|60,10|98,52|ST
KBK-07|Jumlah keluarga berisiko stunting|keluarga|-|semester|posisi|10.500|11.000|11.853|92,25|ST
KBK-08|Persentase kelompok BKB, BKR, BKL aktif|%|+|triwulan|posisi|80,00|80,00|72,40|90,50|T
KBK-09|Persentase ketersediaan alat dan obat kontrasepsi|%|+|triwulan|posisi|100,00|100,00|100,00|100,00|ST
PPR-01|Indeks Pembangunan Gender (IPG)|indeks|+|tahunan|posisi|91,50|91,50|90,87|99,31|ST
PPR-02|Indeks Pemberdayaan Gender (IDG)|indeks|+|tahunan|posisi|68,00|68,00|66,75|98,16|ST
PPR-03|Persentase anggaran responsif gender (ARG) pada belanja APBD|%|+|triwulan|posisi|10,00|10,00|4,90|49,00|SR
PPR-04|Persentase perangkat daerah yang melaksanakan PPRG|%|+|triwulan|posisi|80,00|75,00|54,00|72,00|S
PPR-05|Jumlah organisasi perempuan yang dibina|organisasi|+|triwulan|kumulatif|24|18|20|111,11|ST
PPR-06|Jumlah perempuan kepala keluarga yang mendapat pelatihan|orang|+|triwulan|kumulatif|250|190|95|50,00|SR
PPA-01|Rasio kekerasan terhadap perempuan termasuk TPPO|kasus per 100.000 perempuan|-|triwulan|kumulatif|18,00|13,50|16,20|80,00|T
PPA-02|Persentase perempuan korban kekerasan yang ditangani|%|+|triwulan|posisi|100,00|100,00|100,00|100,00|ST
PPA-03|Persentase anak korban kekerasan yang ditangani|%|+|triwulan|posisi|100,00|100,00|94,74|94,74|ST
PPA-04|Nilai evaluasi Kabupaten Layak Anak (KLA)|nilai|+|tahunan|posisi|650|650|612|94,15|ST
PPA-05|Jumlah desa/kelurahan dengan PATBM aktif|desa/kelurahan|+|triwulan|posisi|70|60|61|101,67|ST
PPA-06|Jumlah kasus perkawinan anak|kasus|-|triwulan|kumulatif|40|30|64|-13,33|SR
PPA-07|Jumlah desa/kelurahan ramah perempuan dan peduli anak|desa/kelurahan|+|triwulan|posisi|46|40|28|70,00|S
"""  # noqa: E501 - a table keeps its rows


def read_line(line: str) -> SampleRow:
    cells = line.split("|")
    kode, indikator, satuan = cells[:3]
    arah: Direction = "-" if cells[3] == "-" else "+"
    goal = _decimal(cells[7])
    is_proportion = satuan == "%" and kode != "DAL-03"
    indicator = Indicator(
        kode=kode,
        unit=kode[:3],
        sasaran=f"Sasaran {kode[:3]}",
        indikator=indikator,
        satuan=satuan,
        arah=arah,
        frekuensi=cells[4],
        sifat=cells[5],
        desimal=2 if "," in cells[7] else 0,
        limits=(Decimal(0), Decimal(100)) if is_proportion else None,
        target_tahun=_decimal(cells[6]),
        targets=(None, None, goal, None),
    )
    return SampleRow(indicator, _isian(kode, cells[8]), _capaian(cells[9]), cells[10])


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _capaian(text: str) -> Decimal | None:
    return None if text == "n/a" else _decimal(text)


def _isian(kode: str, text: str) -> Isian:
    if text == "n/a":
        return Isian(kode, is_na=True, keterangan="Data tahunan, menunggu rilis BPS")
    return Isian(kode, _decimal(text), sumber="Laporan bidang")


SAMPLE = tuple(read_line(line) for line in LINES.splitlines())
UNITS = ("SEK", "DAL", "KBK", "PPR", "PPA")
INDICATORS = tuple(row.indicator for row in SAMPLE)
ISIAN = tuple(row.isian for row in SAMPLE)


def indicators_of(unit: str) -> tuple[Indicator, ...]:
    return tuple(row.indicator for row in SAMPLE if row.unit == unit)


def isian_of(unit: str) -> tuple[Isian, ...]:
    return tuple(row.isian for row in SAMPLE if row.unit == unit)
