"""The choices of a question as rows of buttons, a page at a time."""

from collections.abc import Iterator
from typing import Any

from flows.dialogs.question import Choice, Question
from flows.model.conversation import Draft
from flows.model.messages import Button, Rows
from flows.turn.listing import Listed
from flows.turn.turn import turning


def choice_rows(draft: Draft, question: Question) -> list[tuple[Button, ...]]:
    """The choices as buttons, a page at a time where they are many."""
    rows: list[tuple[Button, ...]] = []
    if question.is_many:
        rows.extend(_pick_rows(draft, question))
    elif question.is_list:
        rows.extend((_choice_button(draft, n, c),) for n, c in _page(draft, question))
        rows.extend(_turning(draft, question))
    else:
        rows.append(tuple(_choice_button(draft, n, c) for n, c in enumerate(question.choices)))
    return rows


def picked_in(draft: Draft, question: Question) -> tuple[Any, ...]:
    return tuple(draft.answers.get("_pilih", question.preset))


def draft_button(draft: Draft, key: str, verb: str, label: str = "", **args: Any) -> Button:
    return Button(key, verb, draft.ref, draft.revision, label, args=args)


def _choice_button(draft: Draft, index: int, choice: Choice) -> Button:
    return draft_button(draft, choice.key, f"j{index}", label=choice.label, **choice.args)


def _pick_rows(draft: Draft, question: Question) -> list[tuple[Button, ...]]:
    """A page of choices, and the button to go on below it: no tick moves a row."""
    taken = picked_in(draft, question)
    rows: list[tuple[Button, ...]] = []
    for n, choice in _page(draft, question):
        is_picked = choice.value in taken
        if choice.key:
            each = draft_button(draft, choice.key, f"j{n}", **choice.args, dipilih=is_picked)
        elif is_picked:
            each = draft_button(draft, "dipilih", f"j{n}", nama=choice.label)
        else:
            each = draft_button(draft, "tak_dipilih", f"j{n}", nama=choice.label)
        rows.append((each,))
    rows.extend(_turning(draft, question))
    rows.append((draft_button(draft, "lanjut", "lanjut", n=len(taken)),))
    return rows


def _page(draft: Draft, question: Question) -> Iterator[tuple[int, Choice]]:
    """The choices on the present page, each with its index among all."""
    listed = _listed(draft, question)
    return enumerate(listed.shown, listed.first - 1)


def _listed(draft: Draft, question: Question) -> Listed[Choice]:
    return Listed(question.choices, int(draft.answers.get("_hal", 0)))


def _turning(draft: Draft, question: Question) -> Rows:
    def at(key: str, page: int, **words: Any) -> Button:
        return draft_button(draft, key, f"h{page}", **words)

    listed = _listed(draft, question)
    return (turning(listed.page, listed.pages, at),) if listed.pages > 1 else ()
