"""Creation of a perintah: its number, its limit and its announcement in the group."""

from collections.abc import Sequence
from datetime import datetime

from flows.model.addresses import GROUP, slot_name
from flows.model.messages import Button, Message
from flows.model.perintah import Perintah
from flows.office.people import Post
from flows.office.period import Period
from flows.sops.sop import Sop
from flows.turn.naming import acting_title, post_title
from flows.turn.turn import Turn


def is_running(turn: Turn, sop: str, period: Period, form: str) -> str:
    """The number of the same order still running; empty if there is none."""
    wanted = (sop, period, form)
    running = (
        h
        for h in turn.view.heads
        if (h.sop, h.period, h.form) == wanted and h.status in ("berjalan", "menunggu")
    )
    return next((head.nomor for head in running), "")


def vacancies(turn: Turn, sop: Sop, units: Sequence[str]) -> list[dict[str, str | None]]:
    """The posts that this SOP needs and nobody fills today."""
    missing: dict[Post, None] = {}
    for act in sop.acts:
        is_unit_role = turn.office.is_per_unit(act.performer)
        for unit in units if is_unit_role else (None,):
            if not turn.authority.post_holders(act.performer, unit):
                missing[Post(act.performer, unit)] = None
    return [{"peran": post_title(turn, p), "unit": p.unit} for p in missing]


def new_perintah(
    turn: Turn, sop: Sop, period: Period, form: str, units: tuple[str, ...], started_at: datetime
) -> Perintah:
    """Takes the next number of the year; its target is the critical path from `started_at`."""
    calendar = turn.view.setting.calendar
    return Perintah(
        id=turn.view.next_id,
        number=turn.view.next_number,
        year=turn.day.year,
        sop=sop.code,
        sop_version=sop.version,
        form=form,
        period=period,
        units=units,
        sifat=turn.office.lembar_disposisi.sifat[0],
        arahan="",
        started_at=started_at,
        issued_at=turn.now,
        issued_by=turn.person.id,
        target_at=calendar.due(started_at, sop.total_minutes),
    )


def giver_name(turn: Turn, perintah: Perintah) -> str:
    """The post by whose order it runs, with the mandate of whoever gave it."""
    first = turn.sop.first
    begun = next((t for t in perintah.tasks(first.code) if t.finished_by is not None), None)
    post = Post(first.performer)
    if begun is None:
        return post_title(turn, post)
    return acting_title(turn, post, begun.finished_as)


def announce_order(turn: Turn, perintah: Perintah) -> None:
    """Posts the order to the group; an unverified correction names no unit and no row."""
    args = {
        "nomor": perintah.nomor,
        "pemberi": giver_name(turn, perintah),
        "sop": turn.sop.name,
        "periode": perintah.period.label,
        "sifat": perintah.sifat,
        "arahan": perintah.arahan,
        "unit": list(perintah.units),
        "target": perintah.target_at.isoformat(),
        "perbaikan": bool(turn.sop.corrects),
    }
    link = Button(key="buka_percakapan", url=f"https://t.me/{turn.view.setting.bot_username}")
    turn.speech.say(
        Message(
            key="grup_perintah",
            to=GROUP,
            args=args,
            rows=((link,),),
            is_ring=True,
            slot=slot_name("grup", perintah.id, "terbit"),
            unique=f"perintah:{perintah.id}:terbit",
            about=perintah.ref,
        )
    )
