"""Text as people type it: cleaned for keeping, and folded for comparing."""

import re
import unicodedata

ZERO_WIDTH_JOINER = "\u200d"
DASHES = str.maketrans(dict.fromkeys("−‐‑‒–—﹣－", "-"))
PARENTHESES = re.compile(r"\([^)]*\)")
BLANKS = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r"\s*\n\s*")


def clean_text(text: str) -> str:
    """NFC without control and invisible characters; lines and single spaces are kept.

    The joiner within emoji stays. Control characters would make the whole rekap unsavable.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    lines = unicodedata.normalize("NFC", text).replace("\r", "\n")
    kept = "".join(character for character in lines if _is_kept(character))
    return BLANK_LINES.sub("\n", BLANKS.sub(" ", kept)).strip()


def cut(text: str, length: int = 40) -> str:
    """At most `length` characters on one line, the last of them an ellipsis when cut."""
    line = " ".join(clean_text(text).split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def fold(text: str) -> str:
    """Letters and digits only, without case and without what stands in parentheses."""
    plain = PARENTHESES.sub(" ", unicodedata.normalize("NFKC", text)).casefold()
    return "".join(character for character in plain if character.isalnum())


def fold_words(text: str) -> str:
    """Case, spaces and kinds of dash do not matter; every other character does."""
    plain = unicodedata.normalize("NFKC", clean_text(text)).translate(DASHES).casefold()
    return "".join(plain.split())


def shape(text: str) -> str:
    """The build of a code: "KBK-03" and "PPA-7" are both "a-0"."""
    return re.sub(r"[0-9]+", "0", re.sub(r"[a-z]+", "a", fold_words(text)))


def _is_kept(character: str) -> bool:
    if character in ("\n", "\t", ZERO_WIDTH_JOINER):
        return True
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
