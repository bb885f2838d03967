"""Words and codes that people type: compared, and found in what they say."""

import re
from collections.abc import Iterable
from unicodedata import category

from flows.text.plain import DASHES, clean_text

# The authenticity code of a paper.
PAPER_CODE = re.compile(
    r"(?<![0-9A-Fa-f])([0-9A-Fa-f]{4})[-\s]?([0-9A-Fa-f]{4})"
    r"([0-9A-Fa-f]{8})?(?![0-9A-Fa-f])"
)
# Small talk has only courtesies, one of them an assent or thanks. "terima" alone is an act.
ASSENT = frozenset({
    "siap", "baik", "ok", "oke", "okay", "sip", "ya", "iya", "kasih", "makasih", "trims", "thanks",
    "laksanakan", "dilaksanakan", "dimengerti", "mengerti", "dipahami", "paham", "noted",
    "selamat", "pagi", "siang", "sore", "malam", "assalamualaikum", "amin", "aamiin",
})  # fmt: skip
COURTESY = ASSENT | {
    "terima", "banyak", "pak", "bapak", "bu", "ibu", "bpk", "kak", "mas", "mbak", "akan", "segera",
    "kami", "saya", "sudah", "atas", "infonya", "informasinya", "arahannya", "bantuannya",
    "pengingatnya", "sekali", "sama",
}  # fmt: skip
# Categories of what a pictured sign is made of: symbols, their modifiers and joiners.
PICTURED = frozenset({"So", "Sk", "Mn", "Cf", "Me"})
BETWEEN = r"[ ./-]*"
AFTER = r"(?: ?[:=] ?| )"
LISTED = re.compile(
    r"(?<![A-Za-z])(?!(?:dan|juga|serta|baris|nomor|no)\b)[a-z]{2,5} ?-? ?[0-9]{1,3}(?![0-9])"
    r"|(?<![\w,.-])[0-9]{1,3}(?!\w)",
    re.IGNORECASE,
)
# Words that stand around the codes of a list; two others make a sentence.
AROUND = frozenset({
    "baris", "nomor", "kode", "indikator", "unit", "juga", "serta", "yang", "salah", "keliru",
    "hanya", "saja", "semua", "yaitu", "bapak",
})  # fmt: skip
# What looks like a code, for telling one that nobody has from other words.
SHAPE = re.compile(rf"([A-Za-z]{{2,5}} ?-? ?[0-9]{{1,3}}){AFTER}(\S.*)")


def same_words(left: str, right: str) -> bool:
    """Whether two labels are the same to a person: case, icons and spaces do not count."""
    return bool(left) and plain_words(left) == plain_words(right)


def plain_words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def is_small_talk(text: str) -> bool:
    """Whether the words only acknowledge or thank ("siap bu, terima kasih", "🙏")."""
    said = plain_words(text).split()
    if not said:
        signs = {category(character) for character in text if not character.isspace()}
        return "So" in signs and signs <= PICTURED
    return set(said) <= COURTESY and not ASSENT.isdisjoint(said)


def codes_in(text: str, known: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes in a text ("ppa06 kbk-03"), and the words that look like codes but are none."""
    by_plain = {plain_words(code).replace(" ", ""): code for code in known}
    found: list[str] = []
    unknown: list[str] = []
    for word in re.findall(r"[A-Za-z]{2,5}\s?-?\s?\d{1,3}", text):
        letters = re.sub(r"[^a-z]", "", word.casefold())
        digits = re.sub(r"\D", "", word)
        code = by_plain.get(letters + digits) or by_plain.get(letters + digits.zfill(2))
        if code:
            found.append(code)
        else:
            unknown.append(word.strip().upper())
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(unknown))


def codes_picked(text: str, known: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes that somebody lists, also by their digits alone where `known` differ in nothing
    else ("kbk-05, 8"), and what he writes like a code or a number and is none of them."""
    codes = tuple(code for code in known if any(map(str.isalnum, code)))
    digits = {short.lstrip("0"): code for code, short in short_codes(codes).items()}
    found, line = _spots(text, codes)
    unknown: list[str] = []
    for match in LISTED.finditer(line):
        meant = digits.get(match[0].lstrip("0")) if match[0].isdecimal() else None
        if meant is None:
            unknown.append(match[0].upper())
        else:
            found[match.start()] = meant
    listed = (code for _, code in sorted(found.items()))
    return tuple(dict.fromkeys(listed)), tuple(dict.fromkeys(unknown))


def is_sentence(text: str, known: Iterable[str]) -> bool:
    """Whether somebody writes a note where codes are listed: its numbers are no codes."""
    _, line = _spots(text, tuple(known))
    words = re.findall(r"[^\W\d_]{4,}", LISTED.sub(" ", line).casefold())
    return len([word for word in words if word not in AROUND]) > 1


def codes_named(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """The codes that stand in a text written for people, each once."""
    found, _ = _spots(text, tuple(known))
    return tuple(dict.fromkeys(code for _, code in sorted(found.items())))


def _spots(text: str, codes: tuple[str, ...]) -> tuple[dict[int, str], str]:
    """The codes by their places in the text, and the text with blanks in their places."""
    found: dict[int, str] = {}
    line = _line(text)
    for code in sorted(codes, key=len, reverse=True):
        after = r"(?![0-9])" if code[-1:].isdigit() else r"(?![A-Za-z0-9-])"
        for match in re.finditer(rf"(?<![A-Za-z]){_pattern(code)}{after}", line, re.IGNORECASE):
            found[match.start()] = code
            line = line[: match.start()] + " " * len(match[0]) + line[match.end() :]
    return found, line


def short_codes(codes: Iterable[str]) -> dict[str, str]:
    """Each code as it is told from its neighbours: the digits where all else is the same."""
    whole = tuple(codes)
    found = {code: re.fullmatch(r"(.*?)([0-9]+)", code) for code in whole}
    heads = {match[1] for match in found.values() if match}
    if len(whole) < 2 or None in found.values() or len(heads) > 1:
        return {code: code for code in whole}
    return {code: match[2] for code, match in found.items() if match}


def code_in(text: str) -> str:
    """The eight digits of the paper or entry named (or sixteen, as the group's final post
    writes them); empty where the words name none."""
    found = PAPER_CODE.search(text)
    return "".join(found.groups("")).lower() if found else ""


def row_said(text: str, codes: Iterable[str]) -> tuple[str, str] | None:
    """The code the text begins with ("ppr02 = 66,75" names PPR-02) and the words behind it."""
    line = _line(text)
    for code in sorted(codes, key=len, reverse=True):
        found = re.fullmatch(rf"{_pattern(code)}{AFTER}(\S.*)", line, re.IGNORECASE)
        if found:
            return code, found[1]
    return None


def code_said(text: str, codes: Iterable[str]) -> str | None:
    """The one of the codes that the text is, however it is written."""
    line = _line(text)
    return next((c for c in codes if re.fullmatch(_pattern(c), line, re.IGNORECASE)), None)


def stranger_said(text: str, codes: Iterable[str]) -> tuple[str, str] | None:
    """What is written like a code but is none of these: with a hyphen, or with their letters."""
    found = SHAPE.fullmatch(_line(text))
    if found is None:
        return None
    letters = {_letters(code) for code in codes}
    is_meant = "-" in found[1] or _letters(found[1]) in letters
    return (found[1].upper(), found[2]) if is_meant else None


def is_row_like(text: str) -> bool:
    """Whether the text begins with what is written like a code, with words behind it."""
    return SHAPE.fullmatch(_line(text)) is not None


def _line(text: str) -> str:
    return clean_text(text).translate(DASHES)


def _letters(code: str) -> str:
    return re.sub(r"[^a-z]", "", code.casefold())


def _pattern(code: str) -> str:
    runs = re.findall(r"[A-Za-z]+|[0-9]+", code)
    return BETWEEN.join(f"0*{r.lstrip('0') or '0'}" if r.isdecimal() else r for r in runs)
