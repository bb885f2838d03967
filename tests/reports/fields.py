"""The same text in every field of a paper's content, wherever it stands."""

from datetime import datetime
from typing import Any

# What the program itself chooses among a few words, never a person.
CHOSEN = (
    "zona",
    "kertas",
    "varian",
    "keadaan",
    "rupa",
    "rata_rata",
    "rumus_negatif",
    "role",
    "sha256",
)


def everywhere(content: Any, text: str, name: str = "") -> Any:
    match content:
        case dict():
            return {key: everywhere(value, text, key) for key, value in content.items()}
        case list() | tuple():
            return [everywhere(value, text, name) for value in content]
        case str() if name not in CHOSEN and not _is_moment(content):
            return text
    return content


def _is_moment(text: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text)) and "T" in text
    except ValueError:
        return False
