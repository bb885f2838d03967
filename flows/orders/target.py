"""The target of an order: what is usual and offered, and whether it has passed."""

from datetime import datetime
from functools import partial

from flows.dialogs.moments import read_target, unreal_args
from flows.dialogs.question import Answers, Choice, Question
from flows.model.conversation import Draft
from flows.orders.order_line import sop_of
from flows.turn.turn import Turn

EXTRA_DAYS = (1, 3, 5)


def ask_target(turn: Turn, answers: Answers) -> Question | None:
    calendar, usual = turn.view.setting.calendar, usual_target(turn, answers)
    choices = [Choice(usual.isoformat(), "tenggat_baku", args={"saat": usual.isoformat()})]
    day = calendar.day_of(usual)
    for extra in range(1, max(EXTRA_DAYS) + 1):
        day = calendar.workday_after(day)
        closing = calendar.closing(day)
        if extra in EXTRA_DAYS and closing is not None:
            saat = closing.isoformat()
            choices.append(Choice(saat, "tenggat_hari", args={"n": extra, "saat": saat}))
    choices += [
        Choice(saat, "tenggat_lebih_cepat", args={"saat": saat})
        for saat in _shorter_targets(turn, usual)
    ]
    return Question(
        "tenggat",
        "tanya_tenggat",
        {"contoh": usual.isoformat(), "usang": None},
        tuple(choices),
        longest=40,
        parse=lambda text: read_target(turn, text),
        wrong="tenggat_keliru",
        explain=partial(unreal_args, turn),
    )


def usual_target(turn: Turn, answers: Answers) -> datetime:
    """Aware; counted from the beginning of the dialog, or from now where that has passed."""
    sop = sop_of(turn, answers)
    started = turn.draft.started_at if turn.draft else turn.at
    calendar, minutes = turn.view.setting.calendar, sop.total_minutes if sop else 0
    usual = calendar.due(started, minutes)
    return usual if usual > turn.now else calendar.due(turn.now, minutes)


def passed_target(turn: Turn, draft: Draft) -> datetime | None:
    """The target of an order if it has passed (aware datetime), else None."""
    sop, chosen = sop_of(turn, draft.answers), draft.answers.get("tenggat")
    if sop is None:
        return None
    usual = turn.view.setting.calendar.due(draft.started_at, sop.total_minutes)
    target = datetime.fromisoformat(str(chosen)) if chosen else usual
    return target if target <= turn.now else None


def _shorter_targets(turn: Turn, usual: datetime) -> list[str]:
    """The ends of the last two working days before the day of the usual target, from tomorrow on.
    They stand last: a button of the former version names the place of its choice."""
    calendar = turn.view.setting.calendar
    day, found = calendar.workday_after(turn.day), list[datetime]()
    while day < calendar.day_of(usual):
        found += [closing] if (closing := calendar.closing(day)) is not None else []
        day = calendar.workday_after(day)
    return [moment.isoformat() for moment in found[-2:]]
