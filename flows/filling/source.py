"""The question for a figure's source, with that of the last period as its first button."""

from typing import Any

from flows.dialogs.question import Choice, Question
from flows.figures.unit_rows import form_of
from flows.filling.typed_figure import longest_of, reserved
from flows.office.period import Period
from flows.turn.turn import Turn


def has_sources(turn: Turn) -> bool:
    """Whether the form has a column for sources."""
    return form_of(turn).column("sumber") is not None


def source_question(
    turn: Turn, kode: str, key: str, words: dict[str, Any], *further: Choice
) -> Question:
    longest = longest_of(turn, "sumber")
    choices = (*_usual_source(turn, kode), *further)
    return Question(
        "sumber", key, {"kode": kode, **words}, choices, longest=longest, parse=reserved
    )


def _usual_source(turn: Turn, kode: str) -> tuple[Choice, ...]:
    """The source of the last period's figure as a choice."""
    now = turn.perintah.period
    former = turn.view.former.get(now.former.code, {}).get(kode)
    if former is None or not former.sumber:
        return ()
    words = {"sumber": former.sumber, "periode": _name(now.former, now)}
    return (Choice(former.sumber, "sumber_lalu", args=words),)


def _name(period: Period, now: Period) -> str:
    """The period's label, without the year where that is the present one."""
    is_this_year = period.quarter > 0 and period.year == now.year
    return period.label.removesuffix(f" {period.year}") if is_this_year else period.label
