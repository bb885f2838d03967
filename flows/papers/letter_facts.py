"""Typed facts of the office's letters; their words are in the templates."""

from typing import Literal

from pydantic import Field

from flows.office.sections import HEAD
from flows.papers.facts import Data, Kop, Shaped, UtcMoment


class Letter(Shaped):
    """`zona` is the zone in which moments are printed; `dibuat` the moment of its last fact."""

    kop: Kop
    zona: str
    dibuat: UtcMoment


class Signatory(Data):
    """Who signs, one entry of `jabatan` a line; `disetujui` is the internal approval, if any."""

    tempat: str = ""
    tanggal: UtcMoment | None = None
    jabatan: tuple[str, ...] = ()
    nama: str = ""
    pangkat: str = ""
    nip: str = ""
    disetujui: UtcMoment | None = None


class Passing(Data):
    """A line of the chain: the recipient of the sheet, and who passed it on when."""

    jabatan: str
    dituju: bool
    nama: str = ""
    waktu: UtcMoment | None = None


class Remark(Data):
    dari: str
    isi: str


class Doubt(Data):
    unit: str
    kode: str
    catatan: str


class Disposisi(Letter):
    kepala: tuple[str, ...] = HEAD
    kertas: Literal["setengah_F4_potret", "A5"] = "setengah_F4_potret"
    surat_dari: str
    nomor_surat: str
    agenda: str
    sifat: str
    pilihan_sifat: tuple[str, ...]
    hal: str
    harap: tuple[str, ...]
    pilihan_harap: tuple[str, ...]
    arahan: str
    diterima: UtcMoment
    batas: UtcMoment | None = None
    diteruskan: tuple[Passing, ...]
    catatan: tuple[Remark, ...] = ()
    temuan: tuple[Doubt, ...] = ()
    tanda_tangan: Signatory


class Receiver(Data):
    nama: str = ""
    jabatan: str = ""
    waktu: UtcMoment | None = None


class Pengantar(Letter):
    unit: str
    unit_nama: str
    kepada: str
    periode: str
    perintah: str
    jumlah: int
    batas: UtcMoment
    penerima: Receiver = Receiver()
    tanda_tangan: Signatory


class Attendant(Data):
    nama: str
    jabatan: str = ""


class FollowUp(Data):
    """A person's rows to fill in, or an agreement in words."""

    apa: str = ""
    baris: tuple[str, ...] = ()
    siapa: str = ""
    batas: UtcMoment | None = None


class Correction(Data):
    medan: str
    oleh: str
    waktu: UtcMoment


class Notulen(Letter):
    """`perbaikan`: it was about corrections. `waktu`: the hours, or the whole answer as typed."""

    unit: str
    unit_nama: str
    sop: str
    periode: str
    perintah: str
    versi: int = Field(ge=1)
    perbaikan: bool = False
    mulai: UtcMoment
    waktu: str
    tempat: str = ""
    pimpinan: str
    notulis: str
    agenda: str
    hasil: str
    bukti: str = ""
    tindak_lanjut: tuple[FollowUp, ...] = ()
    peserta: tuple[Attendant, ...] = ()
    koreksi: tuple[Correction, ...] = ()
    tanda_tangan: Signatory


class StepTime(Data):
    langkah: str
    uraian: str
    unit: str = ""
    oleh: str = ""
    selesai: UtcMoment | None = None
    menit: int | None = None
    standar: int | None = None


class Initials(Data):
    jabatan: str
    nama: str
    waktu: UtcMoment
    kode: str = ""


class BeritaAcara(Letter):
    sop: str
    periode: str
    perintah: str
    terbit: UtcMoment
    lama: int
    standar: int
    versi: int = 0
    rekap: str = ""
    tanpa_unit: tuple[str, ...] = ()
    langkah: tuple[StepTime, ...]
    ulangan: int = 0
    catatan: tuple[str, ...] = ()
    paraf: tuple[Initials, ...] = ()
    tanda_tangan: Signatory


class Invited(Data):
    nama: str
    jabatan: str
    kode: str
    tautan: str = ""
    berlaku: UtcMoment


class Undangan(Letter):
    bot: str
    orang: tuple[Invited, ...] = Field(min_length=1)


class ArchivedFile(Data):
    nama: str
    ukuran: int
    sha256: str


class DaftarPeriksa(Letter):
    sop: str
    periode: str
    perintah: str
    bagian: str = ""
    jejak: str
    berkas: tuple[ArchivedFile, ...]
