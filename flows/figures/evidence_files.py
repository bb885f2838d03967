"""Evidence files as attachments, named by their rows."""

from collections.abc import Iterable, Sequence

from flows.model.messages import Attachment

MOST_NAMED = 3


def label_of(codes: Sequence[str]) -> str:
    """The name of evidence for these rows: "Bukti PPA-01, PPA-06"."""
    rest = len(codes) - MOST_NAMED
    named = ", ".join(codes[:MOST_NAMED])
    return f"Bukti {named} dan {rest} lainnya" if rest > 0 else f"Bukti {named}"


def attached(perintah_id: int, given: Iterable[tuple[str, str]]) -> tuple[Attachment, ...]:
    """The files of pairs of a row's code and a SHA-256: each once, named by all its rows."""
    rows: dict[str, list[str]] = {}
    for kode, sha256 in given:
        rows.setdefault(sha256, []).append(kode)
    return tuple(
        Attachment("berkas", label_of(codes), "", perintah_id, sha256=sha256)
        for sha256, codes in rows.items()
    )
