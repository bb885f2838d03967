"""A list in the chat: each item stands on one page, whatever number is asked for."""

import pytest

from flows.turn.listing import PAGE, Listed


@pytest.mark.parametrize("count", [0, 1, PAGE, PAGE + 1, 3 * PAGE])
def test_the_pages_together_show_every_item_once_with_its_number(count: int) -> None:
    items = list(range(1, count + 1))
    pages = [Listed(items, number) for number in range(Listed(items, 0).pages)]

    shown = [numbered for page in pages for numbered in page.numbered()]

    assert shown == [(item, item) for item in items]
    assert all(len(page.shown) <= PAGE for page in pages)


def test_a_page_beyond_the_last_is_the_last() -> None:
    assert list(Listed("abcdefghijk", 9).shown) == ["g", "h", "i", "j", "k"]


def test_a_single_page_has_no_row_that_turns() -> None:
    assert Listed("abc", 0).turning("status") == ()


def test_the_row_of_a_further_page_names_the_command_and_both_neighbours() -> None:
    [row] = Listed("a" * 3 * PAGE, 1).turning("status")

    assert [button.verb for button in row][:1] == ["h0"]
    assert {"h0", "h2"} <= {button.verb for button in row}
    assert all("status" in button.ref for button in row)
