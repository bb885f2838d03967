"""The end of a perintah: its rekap is posted to the group; a corrected one is superseded."""

from typing import Any

from flows.figures.shown import office_figures
from flows.figures.unit_rows import rekap_units
from flows.model.addresses import GROUP, slot_name
from flows.model.messages import JEJAK, Exchange, Message
from flows.model.perintah import Perintah, Tugas
from flows.papers.filing import files
from flows.papers.rekap import stamp_rekap
from flows.turn.cards import ActorArgs, actor_args, mandate_name
from flows.turn.transitions import LIVE, withdrawn
from flows.turn.turn import Turn


def _has_ended(turn: Turn) -> bool:
    before = turn.view.perintah
    return (
        turn.work is not None
        and before is not None
        and before.status == "berjalan"
        and turn.work.status == "selesai"
    )


def announce(turn: Turn) -> None:
    """Posts the rekap after the last act; a correction without findings changes nothing."""
    if not _has_ended(turn):
        return
    if turn.parent is not None and turn.parent.status != "batal" and _has_rekap(turn):
        turn.parent = _superseded(turn, turn.parent)
    if not _has_rekap(turn):
        return
    perintah = turn.perintah
    rekap = perintah.paper("rekap")
    turn.speech.say(
        Message(
            key="grup_selesai",
            to=GROUP,
            args=_args(turn),
            is_ring=True,
            slot=slot_name("grup", perintah.id, "rekap"),
            about=perintah.ref,
            unique=f"rekap:{perintah.id}:v{perintah.rekap_version}",
            attachments=files(turn, rekap, "pdf", "xlsx"),
        )
    )


def _has_rekap(turn: Turn) -> bool:
    own = turn.perintah.paper("rekap")
    is_new = turn.parent is None or turn.perintah.rekap_version > turn.parent.rekap_version
    return own is not None and is_new and bool(rekap_units(turn))


def _args(turn: Turn) -> dict[str, Any]:
    perintah = turn.perintah
    rekap = perintah.paper("rekap")
    calendar = turn.view.setting.calendar
    end = perintah.finished_at or turn.now
    return {
        "sop": turn.sop.name,
        "periode": perintah.period.label,
        "nomor": perintah.nomor,
        "induk": turn.parent.nomor if turn.parent and turn.parent.status != "batal" else None,
        "saat": end.isoformat(),
        "penanda": _signer(turn),
        "singkatan": turn.office.instansi.singkatan,
        "angka": office_figures(turn),
        "tanpa_unit": list(perintah.skipped),
        "lama": calendar.used(perintah.started_at, end),
        "standar": turn.sop.total_minutes,
        "kode": rekap.code if rekap else "",
        "sha256": rekap.sha256 if rekap else "",
        JEJAK: "",
        "versi": perintah.rekap_version,
    }


def _signer(turn: Turn) -> ActorArgs | None:
    """Who signed, where it was for another's post."""
    sealed = [t for t in turn.perintah.tugas if t.state == "selesai" and _signs(turn, t)]
    return actor_args(turn, sealed[-1]) if sealed and mandate_name(turn, sealed[-1]) else None


def _signs(turn: Turn, tugas: Tugas) -> bool:
    return turn.act(tugas).traits.signs


def _superseded(turn: Turn, parent: Perintah) -> Perintah:
    """Finishes the collection whose correction has ended; its own rekap becomes void."""
    for tugas in parent.tugas:
        if tugas.state in LIVE:
            parent = parent.with_tugas(withdrawn(tugas, "digantikan", turn.now))
    turn.record("RekapSuperseded", by=turn.perintah.id, version=turn.perintah.rekap_version)
    ended = parent._replace(status="selesai", finished_at=parent.finished_at or turn.now)
    stamped = stamp_rekap(ended, turn.now)
    if (final := stamped.paper("rekap")) is not None:
        words = {"nomor": turn.perintah.nomor, "versi": turn.perintah.rekap_version}
        turn.speech.out.append(Exchange(stamped.id, final.seq, "rekap_digantikan", words))
    return stamped
