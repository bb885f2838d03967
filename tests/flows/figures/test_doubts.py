"""Figures that may have been copied forward: asked once, and the answer kept."""

from dataclasses import replace
from decimal import Decimal

from flows.figures.doubts import (
    REASON,
    SAME,
    Doubt,
    answers_given,
    confirmed,
    doubt_args,
    former_figures,
    kept_answers,
    open_doubt,
    unexplained,
    warnings_of,
)
from flows.forms.form import Isian
from flows.model.perintah import Bagian
from flows.office.period import Period
from flows.turn.turn import Turn
from tests.flows.sample import INDICATORS, isian_of
from tests.flows.small_office import FILLER, a_turn, an_order, filling

CODES = ("DAL-04", "DAL-05", "DAL-06")
ROWS = tuple(row for row in isian_of("DAL") if row.kode in CODES)
BY_CODE = {indicator.kode: indicator for indicator in INDICATORS}
PART = Bagian("DAL", FILLER, CODES, ROWS)
BEFORE = {"DAL-04": Isian("DAL-04", Decimal(47)), "DAL-05": Isian("DAL-05", Decimal("51.10"))}


def asked(former: dict[str, Isian], code: str = "2026-TW2", part: Bagian = PART) -> Doubt | None:
    turn = _turn({code: former})
    return open_doubt(turn, turn.perintah.tugas[0], part)


def _turn(former: dict[str, dict[str, Isian]] | None = None) -> Turn:
    return a_turn(FILLER, an_order(filling(codes=CODES)), former=former or {})


def test_figures_that_moved_are_not_asked_about() -> None:
    assert asked(BEFORE) is None
    assert asked({}) is None


def test_a_figure_equal_to_the_last_period_is_asked_about() -> None:
    same = {**BEFORE, "DAL-04": Isian("DAL-04", Decimal("48.00"))}

    assert asked(same) == Doubt("sama", ("DAL-04",), "TW II 2026")
    assert asked(same, "2025-TW3") == Doubt("sama", ("DAL-04",), "TW III 2025")
    assert asked(same, "2026-TW1") is None, "only the last period and the same one a year ago"


def test_a_part_copied_whole_is_asked_about_as_one() -> None:
    doubt = asked({row.kode: row for row in ROWS})

    assert doubt is not None
    assert (doubt.kind, sorted(doubt.codes)) == ("semua_sama", list(CODES))


def test_a_part_wholly_on_target_is_asked_about() -> None:
    targets = (Decimal(55), Decimal(75), Decimal(90))
    rows = tuple(Isian(kode, goal) for kode, goal in zip(CODES, targets, strict=True))

    assert asked({}, part=PART._replace(rows=rows)) == Doubt("semua_target", CODES)
    assert asked({}, part=PART._replace(rows=rows[:2], codes=CODES[:2])) is None, "two may happen"


def test_an_answer_is_kept_beside_the_figure_and_closes_the_question() -> None:
    same = {**BEFORE, "DAL-04": Isian("DAL-04", Decimal(48))}
    doubt = asked(same)
    assert doubt is not None
    part = confirmed(PART, doubt)

    row = part.row("DAL-04")
    assert row is not None
    assert row.answers == {SAME: "TW II 2026"}
    assert asked(same, part=part) is None
    assert kept_answers(row, replace(row, keterangan="x")) == {SAME: "TW II 2026"}
    assert kept_answers(row, replace(row, realisasi=Decimal(49))) == {}
    assert kept_answers(None, row) == {}


def test_the_question_names_row_figure_and_period() -> None:
    turn = _turn()
    doubt = Doubt("sama", ("DAL-05",), "TW II 2026")

    assert doubt_args(turn, turn.perintah.tugas[0], PART, doubt) == {
        "jenis": "sama", "kode": "DAL-05", "jumlah": 1, "nilai": "78,30", "periode": "TW II 2026",
    }  # fmt: skip
    assert doubt_args(turn, turn.perintah.tugas[0], PART, None) is None


def test_only_figures_are_held_against_a_former_period() -> None:
    turn = _turn({"2026-TW2": {**BEFORE, "DAL-03": Isian("DAL-03", is_na=True)}})

    assert former_figures(turn, Period(2026, 2)) == {
        "DAL-04": Decimal(47), "DAL-05": Decimal("51.10"),
    }  # fmt: skip


def told(kode: str, figure: str, former: str = "") -> list[str]:
    before = {kode: Isian(kode, Decimal(former))} if former else {}
    turn = _turn({"2026-TW2": before})
    row = Isian(kode, Decimal(figure))
    return [w["kode_aturan"] for w in warnings_of(turn, BY_CODE[kode], row)]


def test_a_figure_out_of_the_ordinary_is_warned_of() -> None:
    """W01 beyond 150 per cent, W02 a running total that fell, W03 half as much again."""
    assert told("DAL-04", "48") == []
    assert told("DAL-04", "83") == ["W01"]
    assert told("DAL-05", "70", former="71") == ["W02"]
    assert told("DAL-04", "48", former="30") == ["W03"]
    assert warnings_of(_turn(), BY_CODE["DAL-04"], Isian("DAL-04", is_na=True)) == []


def test_a_warning_that_wants_a_reason_is_unexplained_until_it_has_one() -> None:
    turn = _turn({"2026-TW2": {"DAL-05": Isian("DAL-05", Decimal(80))}})
    row = replace(ROWS[1], keterangan="")
    warned = PART.with_row(row)._replace(warnings=tuple(warnings_of(turn, BY_CODE["DAL-05"], row)))

    assert [w["kode"] for w in unexplained(turn, warned)] == ["DAL-05"]
    answered = replace(row, answers={REASON: "Data ganda dihapus"})
    assert unexplained(turn, warned.with_row(answered)) == ()
    assert unexplained(turn, warned.with_row(replace(row, keterangan="Data ganda"))) == ()
    assert answers_given(turn, "DAL", (answered, ROWS[0])) == [
        {"kode": "DAL-05", "nilai": "78,30", "periode": "", "alasan": "Data ganda dihapus"}
    ]
