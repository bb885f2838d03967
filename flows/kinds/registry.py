"""The closed vocabulary: every kind of act and every dialog, by name."""

from collections.abc import Mapping

from flows.kinds import (
    format,
    isi,
    koordinasi,
    paraf,
    perintah,
    putusan,
    rapat,
    rekap,
    rekap_unit,
    sampaikan,
    sanggah,
    sebar,
    tanda_tangan,
    temuan,
    terima,
    teruskan,
    validasi,
    verifikasi,
)
from flows.turn.turn import Kind

KINDS: Mapping[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (
        format,
        isi,
        koordinasi,
        paraf,
        perintah,
        putusan,
        rapat,
        rekap,
        rekap_unit,
        sampaikan,
        sanggah,
        sebar,
        tanda_tangan,
        temuan,
        terima,
        teruskan,
        validasi,
        verifikasi,
    )
}
