"""Which commands beside everybody's a person sees, by the roles he holds."""

from collections.abc import Iterable, Mapping

from flows.turn.turn import Turn

EVERYBODY = (
    "tugas",
    "status",
    "rekap",
    "disposisi",
    "notulen",
    "sop",
    "arsip",
    "verifikasi",
    "bantuan",
    "panduan",
    "latihan",
    "batal",
    "privasi",
)

ADMINS = ("grup", "sehat", "cadangkan")


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


def commands_of(turn: Turn, person_id: int | None) -> tuple[str, ...]:
    """The command menu of a person: that of his own roles, the first use first."""
    if person_id is None:
        return ("daftar", "bantuan")
    roles = {p.role for p in turn.authority.posts_of(person_id)}
    first = {sop.first.performer for sop in turn.view.setting.book.current()}
    acting = [key for key, role in turn.office.roles.items() if role.acts_in_sop]
    first_ones = ("perintah",) if roles & first else ()
    return (
        *first_ones,
        *(name for name in commands_of_roles(roles, acting) if name not in first_ones),
        *EVERYBODY,
        *(ADMINS if "admin" in roles else ()),
    )
