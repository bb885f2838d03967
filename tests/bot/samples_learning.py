"""Arguments of what is said about the guides and the office of practice."""

from typing import Any

from tests.bot.samples import SAAT

Json = dict[str, Any]
PESAN: dict[str, tuple[Json, ...]] = {
    "panduan": ({"admin": True}, {"admin": False}),
    "latihan": ({"peran": "Sekretaris", "saat": SAAT},),
    "latihan_mulai": ({"peran": "Kepala Dinas", "saat": SAAT},),
    "latihan_pribadi": ({},),
    "latihan_penuh": ({},),
    "latihan_selesai": ({},),
    "latihan_ditinggalkan": ({},),
}
TOAST: dict[str, Json] = {
    "latihan_peran": {"peran": "Sekretaris"},
    "latihan_jam": {"saat": SAAT},
    "latihan_tanpa_tenggat": {},
    "menu.panduan": {},
    "menu.latihan": {},
}
