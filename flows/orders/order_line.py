"""The line of /perintah: what it answers, words not understood, whose it is, an example."""

import re
from typing import Any

from flows.dialogs.moments import ended_periods, read_period, without_period
from flows.dialogs.question import Answers, Choice, Question
from flows.office.period import Period
from flows.sops.sop import Sop
from flows.turn.turn import Turn

# Among the answers: the words of the line that were not understood.
STRANGE = "_asing"
# Words that only join the others.
BETWEEN = frozenset({"untuk", "periode", "sifat", "sop", "perintah", "dan", "tahun"})


def is_ordered(turn: Turn, sop: str, period: Period) -> bool:
    """Whether that order has been given, finished or running."""
    return (sop, period) in turn.view.heads.orders


def orders(turn: Turn, roles: frozenset[str]) -> bool:
    """Whether these roles give an order of some SOP or may draft one."""
    return not roles.isdisjoint(_givers(turn).union(turn.office.roles_that("konsep")))


def order_words(turn: Turn, roles: frozenset[str]) -> str:
    return "konsep" if roles.isdisjoint(_givers(turn)) else ""


def _givers(turn: Turn) -> frozenset[str]:
    return frozenset(sop.first.performer for sop in turn.view.setting.book.current())


def example_line(turn: Turn) -> str:
    """The line of an order that has not been given yet; empty where all have been."""
    periods = ended_periods(turn.local(turn.now))
    lines = (
        f"{sop.word} {period.label}"
        for sop in turn.view.setting.book.current()
        for period in periods
        if not sop.corrects and not is_ordered(turn, sop.code, period)
    )
    return next(lines, "")


def read_line(turn: Turn, words: str) -> tuple[dict[str, Any], list[str]]:
    """What the line answers, and its words that are understood as nothing."""
    head, colon, arahan = words.partition(":")
    answers: dict[str, Any] = {}
    if (period := read_period(head, turn.local(turn.now))) is not None:
        answers["periode"] = period.code
    head = without_period(head)
    for sifat in sorted(turn.office.lembar_disposisi.sifat, key=len):
        pattern = rf"\b{re.escape(sifat)}\b"
        if re.search(pattern, head, re.IGNORECASE):
            answers["sifat"] = sifat
            head = re.sub(pattern, " ", head, flags=re.IGNORECASE)
    told = re.findall(r"\w+", head)
    for word in told:
        if (sop := turn.view.setting.book.by_word(word)) is not None:
            answers["sop"] = sop.code
    if colon and arahan.strip():
        answers["arahan"] = arahan.strip()
    known = sop_of(turn, answers)
    named = {known.word, *known.name.casefold().split()} if known is not None else set()
    return answers, [word for word in told if word.casefold() not in named | BETWEEN]


def sop_of(turn: Turn, answers: Answers) -> Sop | None:
    code = answers.get("sop")
    return turn.view.setting.book.newest(str(code)) if code else None


def ask_strange(turn: Turn, answers: Answers) -> Question | None:
    """Names the words of the line that were not understood; what was, is offered without them."""
    sop = sop_of(turn, answers)
    if STRANGE not in answers or sop is None:
        return None
    period = Period.parse(answers["periode"]).label if "periode" in answers else ""
    words = {
        "kata": answers[STRANGE],
        "perintah": "perintah",
        "dipahami": [part for part in (sop.name, period, answers.get("sifat", "")) if part],
    }
    return Question("asing", "kata_tak_dipahami", words, (Choice("ya", "lanjut_tanpa_kata"),))
