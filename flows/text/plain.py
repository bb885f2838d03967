"""Typed text: cleaned for storage, folded for comparison."""

import re
import unicodedata

ZERO_WIDTH_JOINER = "\u200d"
DASHES = str.maketrans(dict.fromkeys("−‐‑‒–—﹣－", "-"))
PARENTHESES = re.compile(r"\([^)]*\)")
BLANKS = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r"\s*\n\s*")


def clean_text(text: str) -> str:
    """Text in NFC without control and invisible characters; lines and single spaces are kept.

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


def cut_words(text: str, length: int) -> str:
    """As `cut`, behind the last word that fits."""
    line = " ".join(clean_text(text).split())
    if len(line) <= length:
        return line
    kept = line[: length - 1]
    if " " in kept and line[length - 1] != " ":
        kept = kept[: kept.rindex(" ")]
    return f"{kept.rstrip(' ,;:/(-')}…"


def within_sentence(text: str) -> str:
    """The text with a small first letter, unless a name or an abbreviation begins it."""
    first, _, rest = text.partition(" ")
    is_name = not first[1:].islower() or rest[:1].isupper()
    return text if is_name else f"{first[:1].lower()}{text[1:]}"


def fold(text: str) -> str:
    """Letters and digits only, in lower case, without anything in parentheses."""
    plain = PARENTHESES.sub(" ", unicodedata.normalize("NFKC", text)).casefold()
    return "".join(character for character in plain if character.isalnum())


def fold_words(text: str) -> str:
    """The text without case, spacing and kinds of dash; all other characters are kept."""
    plain = unicodedata.normalize("NFKC", clean_text(text)).translate(DASHES).casefold()
    return "".join(plain.split())


def shape(text: str) -> str:
    """The pattern of a code: "KBK-03" and "PPA-7" are both "a-0"."""
    return re.sub(r"[0-9]+", "0", re.sub(r"[a-z]+", "a", fold_words(text)))


def _is_kept(character: str) -> bool:
    if character in ("\n", "\t", ZERO_WIDTH_JOINER):
        return True
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
