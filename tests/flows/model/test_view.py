"""Who may act on a tugas: one rule for what a person is shown and for what is let through."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from flows.model.perintah import Tugas
from flows.model.view import Setting, View
from flows.office.calendar import WorkCalendar
from flows.office.kantor import Incumbents, Office
from flows.office.people import Penugasan, Person, Roster
from flows.sops.book import SopBook
from flows.sops.sop import Act
from flows.turn.authority import Authority
from tests.kantor import ROOT

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
KADIS, HEAD, OTHER_HEAD, PELAKSANA, PLH, OPERATOR = range(1, 7)


@pytest.fixture(scope="module")
def view() -> View:
    office = Office.parse((ROOT / "kantor.yaml").read_text("utf-8"), "kantor.yaml")
    calendar = WorkCalendar.build(zone="Asia/Makassar", hours=[[(480, 960)]] * 7)
    people = tuple(Person(n, f"Contoh {n}", None, "") for n in range(1, 7))
    roster = Roster(
        people,
        (
            held(1, KADIS, "kepala_dinas"),
            held(2, HEAD, "kepala_unit", "DAL"),
            held(3, OTHER_HEAD, "kepala_unit", "KBK"),
            held(4, PELAKSANA, "pelaksana", "DAL"),
            held(5, PLH, "kepala_dinas", jenis="Plh"),
            held(6, OPERATOR, "operator"),
        ),
    )
    setting = Setting(office, SopBook(), calendar, "sigap_bot")
    return View(setting, roster, Incumbents(office, roster, DAY))


def held(number: int, person: int, role: str, unit: str | None = None, **more: Any) -> Penugasan:
    return Penugasan(number, person, role, unit, role, **more)


def tugas(role: str, unit: str | None, person_id: int | None = None) -> Tugas:
    return Tugas(7, 1, "3a", role, unit, 1, NOW, person_id=person_id, recorded_by=OPERATOR)


def act(*alternates: str) -> Act:
    told = {"kode": "3a", "jenis": "paraf", "pelaku": "kepala_unit", "pengganti": alternates}
    return Act.model_validate(told)


@pytest.mark.parametrize(
    ("task", "alternates", "allowed"),
    [
        (tugas("kepala_dinas", None), (), {PLH}),
        (tugas("kepala_unit", "DAL"), (), {HEAD}),
        (tugas("kepala_unit", "KBK"), ("operator",), {OTHER_HEAD, OPERATOR}),
        (tugas("pelaksana", "DAL", PELAKSANA), (), {PELAKSANA}),
        (tugas("pelaksana", "DAL", PELAKSANA), ("kepala_unit",), {PELAKSANA, HEAD}),
        (tugas("pelaksana", "DAL", 99), (), set()),
    ],
)
def test_who_may_act(
    view: View, task: Tugas, alternates: tuple[str, ...], allowed: set[int]
) -> None:
    asked = act(*alternates)

    assert {p.id for p in view.roster.people if view.may_act(p.id, task, asked)} == allowed
    by_right = {p.id for p in view.roster.people if Authority(view, p).may_act(task, asked)}
    assert by_right == allowed
    assert not Authority(view, None).may_act(task, asked)
