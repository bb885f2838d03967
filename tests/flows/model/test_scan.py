"""Which print a QR code, a keyword or typed words name."""

import pytest

from flows.model.scan import Print, print_in


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("SIGAP-E852-BD80-K", Print("E852-BD80", "K")),
        ("SIGAP-E852-BD80", Print("E852-BD80")),
        ("https://t.me/sigap_bot?start=v_e852bd80-D", Print("E852-BD80", "D")),
        ("https://t.me/sigap_bot?start=v_e852bd80", Print("E852-BD80")),
        ("https://t.me/deadbeef_bot?start=v_e852bd80-K", Print("E852-BD80", "K")),
        ("kode e852bd80-g ya", Print("E852-BD80", "G")),
        ("1E852-BD80", None),
        ("E852-BD80-X", None),
        ("https://example.org", None),
    ],
)
def test_print_is_read(text: str, named: Print | None) -> None:
    assert print_in(text) == named
