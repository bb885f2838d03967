import pytest

from flows.text.codes import code_in


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("8C41-E2B7", "8c41e2b7"),
        ("kode 8c41 e2b7, benar?", "8c41e2b7"),
        ("8C41E2B7", "8c41e2b7"),
        ("8C41-E2B71", ""),
        ("18C41-E2B7", ""),
        ("8C41-E2G7", ""),
        ("", ""),
    ],
)
def test_the_code_of_a_paper_is_read_from_what_was_typed(text: str, code: str) -> None:
    assert code_in(text) == code
