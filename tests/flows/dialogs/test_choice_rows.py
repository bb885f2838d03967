"""Choices of a question as buttons."""

from flows.dialogs.choice_rows import choice_rows
from flows.dialogs.question import Choice, Question
from flows.model.conversation import Draft
from flows.turn.listing import PAGE
from tests.flows.small_office import FILLER, NOW


def labels(count: int, page: int = 0, **kind: bool) -> list[list[str]]:
    draft = Draft(FILLER, "uji", "", "", NOW, {"_hal": page})
    choices = tuple(Choice(n, label=f"U-{n}") for n in range(count))
    rows = choice_rows(draft, Question("unit", "tanya_unit", choices=choices, **kind))
    return [[button.label or button.key for button in row] for row in rows]


def test_few_choices_stand_in_one_row() -> None:
    assert labels(3) == [["U-0", "U-1", "U-2"]]


def test_a_list_has_pages_of_equal_length() -> None:
    first, second = labels(PAGE + 2, is_list=True), labels(PAGE + 2, 1, is_list=True)

    assert [len(page) - 1 for page in (first, second)] == [PAGE // 2 + 1] * 2
    assert first[0] == ["U-0"]
    assert second[0] == [f"U-{PAGE // 2 + 1}"]
