"""Captions of the guided tour: what each act does, and why the SOP has it."""

from collections.abc import Mapping

FILLS = "Mengirim format yang sudah diisi"
ANSWERS = "Menjawab pertanyaan bot"

WHY: Mapping[str, str] = {
    "Terbitkan": "Perintah mendapat nomor, disposisi dibuat, dan jam SOP mulai berjalan.",
    "Teruskan": "Disposisi turun satu tingkat dengan paraf; langkah berikutnya terbuka sendiri.",
    "Pakai format baku": "Semua unit mengisi format yang sama, sehingga datanya dapat direkap.",
    "Kirim ke semua unit": "Setiap Kepala unit menerima satu pesan dengan format unitnya.",
    "Catat rapat": "Pembagian tugas dalam unit dicatat; Pelaksana menerima bagiannya.",
    "Kirim": "Isian yang lengkap diserahkan; sesudah ini angkanya tidak berubah diam-diam.",
    "Tetap kirim": "Ada peringatan, bukan kesalahan: pengisi menyatakan angkanya benar.",
    "Ajukan": "Rekap yang sudah diperiksa naik ke atasan; bot telah mencocokkan jumlahnya.",
    "Validasi": "Kepala unit bertanggung jawab atas data unitnya sebelum keluar dari unit.",
    "Sampaikan": "Data unit diserahkan kepada Kasubag; penerimaannya dibuktikan.",
    "Terima": "Tanda terima: sejak ini tanggung jawab berpindah, dan jamnya berhenti.",
    "Kembalikan": "Hanya unit ini yang mengulang, dengan catatan yang jelas dan jam yang baru.",
    "Paraf": "Yang bertanggung jawab atas naskah membubuhkan paraf sebelum ditandatangani.",
    "Tanda tangani": "Kepala Dinas mengesahkan; rekap terkirim ke grup dan perintah selesai.",
    "Ada kesalahan": "Kepala Dinas meragukan sebagian baris: SOP Perbaikan Data dimulai.",
    "Terbukti": "Temuan terbukti, sehingga unit yang bersangkutan memperbaikinya.",
    "Kirim ke unit terdampak": "Hanya unit yang memiliki temuan menerima format perbaikan.",
    "Setujui": "Kepala unit menyetujui perbaikan, semula dan menjadi, beserta buktinya.",
    FILLS: "Bot memeriksa setiap sel. Bila ada yang keliru, berkas kembali dengan tanda merah.",
    ANSWERS: "Bot bertanya satu hal setiap kali; jawaban yang lazim ada pada tombol pertama.",
}
RECEIPT = "Tanda terima tercatat; waktu rapat tetap berjalan."
OPENING = "Peragaan dimulai. Kepala Dinas memberi perintah, selanjutnya bot yang mengantar."
OVER = "Peragaan selesai. Rekap ada di grup; buka percakapan grup untuk mengunduhnya."
STOPPED = "Peragaan diakhiri. Percakapan dapat dilanjutkan sendiri."
YOUR_TURN = "Giliran Anda sebagai {post}: mohon menekan tombol pada pesan terakhirnya."
WAITING = "Bot sedang bekerja…"
ANEW = "Peragaan memakai kantor baru; kantor ini tetap seperti sekarang."
BACK = "Peragaan memakai kantor baru: mohon kembali ke kantor semula, lalu menekan Mulai di sana."
NOT_OPENED = "Kantor baru tidak dapat dibuka; sebabnya ada di konsol. Mohon mencoba lagi."
USED = "Peragaan memakai kantor baru: mohon menutup kantor ini, lalu membuka yang baru."
NOT_ARRIVED = "Kantor sedang disiapkan …"


def caption(post: str, name: str, act: str, label: str) -> str:
    does = label if act in (FILLS, ANSWERS) else f"Menekan “{label}”"
    # "Terima KBK" takes the data of a unit; "Terima" alone acknowledges a form.
    why = RECEIPT if label == "Terima" else WHY.get(act, WHY[ANSWERS])
    return f"{post} ({name}): {does}.\n{why}"
