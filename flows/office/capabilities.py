"""Capabilities: what a role may do beside the steps of an SOP (kantor.yaml: `boleh`)."""

from collections.abc import Mapping

# The role that the program gives to the first administrator and informs of faults.
ADMIN = "admin"

# Capabilities of roles without `boleh`, in the order in which messages name the roles.
DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "arsip": ("operator", "kepala_unit"),  # a role of a unit: its unit's part
    "catat": ("operator",),
    "gangguan": (ADMIN,),
    "grup": (ADMIN,),
    "hentikan": ("kepala_dinas",),
    "indikator": ("kasubag_perencanaan",),
    "konsep": ("sekretaris", "kasubag_perencanaan", "operator"),
    "libur": (ADMIN,),
    "notulen": ("kepala_unit", "koordinator_data"),
    "pantau": ("sekretaris",),  # is told of a step that was returned three times
    "pegawai": (ADMIN,),
    "pejabat": (ADMIN, "sekretaris"),
    "sahkan": ("kepala_dinas",),
    "siap": (ADMIN,),  # and every role that acts for the whole office in an SOP
    "tanpa_unit": (),  # named by no role: the superiors of whoever collects
    "ubah": ("kepala_dinas",),
}


def capability(name: str) -> str:
    """The name as a capability. Raises ValueError for an unknown one."""
    if name not in DEFAULTS:
        raise ValueError(f"unknown capability {name!r}; known: {', '.join(DEFAULTS)}")
    return name
