"""Arguments of the messages about figures: rekap sent in, void acts, reasons."""

from typing import Any

from tests.bot.samples import FINDINGS, VOID, YTH

Json = dict[str, Any]

SENT_IN: Json = {
    "sop": "Perbaikan Data Kinerja",
    "periode": "TW II 2026",
    "nama": "Rekap TW II.xlsx",
    "unit": ["SEK", "DAL", "KBK", "PPR", "PPA"],
    "jumlah": 37,
}
PESAN: dict[str, tuple[Json, ...]] = {
    "paraf_gugur": tuple({**line, "nomor": "001/2026"} for line in VOID),
    "rekap_digantikan": ({"nomor": "002/2026", "versi": 2},),
    "tanya_rekap_lama": (SENT_IN,),
    "rekap_ditolak": (
        {**SENT_IN, "temuan": list(FINDINGS[:2])},
        {**SENT_IN, "temuan": list(FINDINGS)},
    ),
    "ringkasan_rekap_lama": (SENT_IN,),
    "konsep_perbaikan": ({**SENT_IN, "dari": YTH},),
}
