"""/siap: prerequisites of an order, which of them are missing, and how to supply each."""

from typing import Any

from flows.model.changes import Decision
from flows.model.messages import Rows
from flows.orders.issuing import vacancies
from flows.turn.command import ChatCommand, bare
from flows.turn.turn import Turn, menu_button


def show(turn: Turn, rest: str) -> Decision | None:
    leaders = sorted(turn.view.setting.book.leaders)
    if not (turn.authority.may("siap") or turn.authority.holds(*leaders)):
        who = turn.office.labels((*turn.office.roles_that("siap"), *leaders))
        return turn.refuse("bukan_kewenangan", {"berwenang": who, "tindakan": "siap"})
    args = _args(turn)
    rows: Rows = ((menu_button("periksa_lagi", "siap"),),)
    if args["kosong"] and turn.authority.may("pejabat"):
        rows = ((menu_button("tetapkan_pejabat", "pejabat"),), *rows)
    return turn.answer("kesiapan", args, rows)


def _args(turn: Turn) -> dict[str, Any]:
    office = turn.office
    missing: dict[tuple[str, str | None], None] = {}
    for sop in turn.view.setting.book.current():
        for gap in vacancies(turn, sop, office.unit_codes):
            missing[(str(gap["peran"]), gap["unit"])] = None
    holders = [p for p in turn.view.roster.people if turn.view.roster.posts(p.id, turn.day)]
    unbound = [p.nama for p in holders if not p.is_bound or not p.is_reachable]
    year = turn.day.year
    free = [n for d, n in turn.view.setting.calendar.holidays.items() if d.year == year]
    bare = [u for u in office.unit_codes if not any(i.unit == u for i in turn.view.indicators)]
    return {
        "saat": turn.now.isoformat(),
        "grup": turn.view.group is not None,
        "sematkan": turn.view.group is not None and turn.view.group.can_pin,
        "kosong": [{"peran": role, "unit": unit} for role, unit in missing],
        "aktif": len(holders) - len(unbound),
        "semua": len(holders),
        "belum": unbound,
        "tahun": year,
        "libur": len(free),
        "indikator": len(turn.view.indicators),
        "tanpa_indikator": bare,
    }


def _reads(turn: Turn, roles: frozenset[str]) -> bool:
    leaders = turn.view.setting.book.leaders
    return not roles.isdisjoint(leaders.union(turn.office.roles_that("siap")))


READY = ChatCommand("siap", show, _reads, example=bare)
