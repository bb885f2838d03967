"""Which commands beside everybody's a person sees, by the roles he holds."""

from collections.abc import Iterable, Mapping

BY_ROLE: Mapping[str, tuple[str, ...]] = {
    "kepala_dinas": ("hentikan", "ubah", "siap"),
    "sekretaris": ("pejabat", "siap"),
    "kasubag_perencanaan": ("indikator", "siap"),
    "operator": ("catat",),
    "admin": ("pejabat", "pegawai", "libur", "siap"),
}
DRAFTERS = ("sekretaris", "kasubag_perencanaan", "operator")
HOLDERS = ("kendala", "perpanjangan")


def commands_of_roles(roles: Iterable[str], acting: Iterable[str]) -> tuple[str, ...]:
    """`acting` are the roles that take part in an SOP: they hold tasks."""
    held = tuple(roles)
    first = ("perintah",) if set(held) & set(DRAFTERS) else ()
    mine = HOLDERS if set(held) & set(acting) else ()
    rest = (command for role in BY_ROLE for command in BY_ROLE[role] if role in held)
    return tuple(dict.fromkeys((*first, *mine, *rest)))
