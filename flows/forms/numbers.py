"""The Indonesian number grammar: a cell or typed text as an exact Decimal, or the reason."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal, cast

from flows.forms.form import Cell

ReadingKind = Literal["value", "na", "empty", "ambiguous", "wrong"]
Note = Literal["grouped", "english", "dot_decimal", "percent_format", "rounded", "words"]
CellReason = Literal["error", "formula", "date", "bool", "picture"]
Reason = Literal[
    "", "text", "nothing", "percent", "too_long", "too_big", "foreign_digits", "unseen", CellReason
]

MAX_LENGTH = 60
BOUND_DIGITS = 15
MOST_PLACES = 10
NOISE_PLACES = Decimal("1e-10")
# Excel itself keeps 15 digits; what stands behind them is the noise of binary floats.
EXCEL_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
WIDE = Context(prec=60, rounding=ROUND_HALF_UP)

MINUS_SIGNS = "−‐‑‒–—﹣"
NA_WORDS = frozenset({"n/a", "na", "n.a", "n.a.", "-", "tidak ada data", "belum ada data"})
# Ambiguous: zero, or not known.
NOTHING_WORDS = frozenset(
    {"nihil", "nol", "kosong", "tidak ada", "belum ada", "tidak tersedia", "belum tersedia", "nil"}
)
# Invisible characters of pasted text; those that reverse the reading direction stay.
UNSEEN = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a\u202c\u202d\u2060-\u2064\u2066\u2068\u2069\ufeff]"
)
SPACES = re.compile(r"\s+")
# Words that multiply the digits before them.
MULTIPLIERS: Mapping[str, int] = {
    "puluh": 1, "ratus": 2, "ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9,
    "triliun": 12, "trilyun": 12,
}  # fmt: skip
# Words that multiply them by no one knows what: no figure is suggested beside them.
VAGUE = re.compile(
    r"\b(?:k|m|b|t|rb|jt|mil|bn|tn|lusin|kodi|gros|rim|mio|mill?ions?|bill?ions?|thousands?"
    r"|permil|(?:se|ber|per)?(?:puluh|ratus|ribu|juta|mil[iy]ar|tril[iy]un)(?:an)?)\b"
)
PERCENT_WORDS = ("persen", "prosen", "percent")
IN_WORDS = re.compile(r"(?:rp\.? ?)?(-? ?[0-9][0-9., ]*?) ?([a-z]+)((?: [a-z][a-z/.]*)*)")
PERCENT_SIGN = re.compile(r"^% ?|(?<=\d) ?%$")
SPACE_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?=[.,]|$)")
PLAIN = re.compile(r"[0-9]+")
WITH_COMMA = re.compile(r"[0-9]+,[0-9]+")
WITH_DOT = re.compile(r"[0-9]+\.[0-9]+")
DOT_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
COMMA_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
INDONESIAN = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+")
ENGLISH = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+")
AMID_WORDS = re.compile(r"(?:rp\.? ?)?([0-9][0-9.,]*)(?: ?[a-z][a-z/. ]*)?", re.IGNORECASE)
ERROR_VALUE = re.compile(r"#[A-Z0-9/_]+[!?]|#N/A|Err:[0-9]{3}")
FORMAT_LITERALS = re.compile(r'"[^"]*"|\\.')
SLIPS = str.maketrans("lI|OoQ", "111000")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell means: a value, n/a, nothing, one of several values, or no number.

    `candidates` are the possible values of an ambiguous text, the decimal one first; with the note
    "words" those of digits and a word ("12 ribu"). `suggestion` is what a wrong text most likely
    meant.
    """

    kind: ReadingKind
    value: Decimal | None = None
    notes: tuple[Note, ...] = ()
    candidates: tuple[Decimal, ...] = ()
    reason: Reason = ""
    suggestion: Decimal | None = None


EMPTY = Reading("empty")
NOT_AVAILABLE = Reading("na")


def read_number(cell: Cell, desimal: int, target: Decimal | None) -> Reading:
    """Read a cell as the figure of an indicator with `desimal` places and this target."""
    if cell.kind == "error" or ERROR_VALUE.fullmatch(cell.text):
        return Reading("wrong", reason="error")
    if cell.kind in ("bool", "date", "picture"):
        return Reading("wrong", reason=cast(CellReason, cell.kind))
    if cell.number is not None:
        return _read_exact(cell.number, desimal, is_share=is_percent(cell.format))
    if cell.formula is not None and not cell.text.strip():
        return Reading("wrong", reason="formula")
    return read_text(cell.text, desimal, target)


def read_text(text: str, desimal: int, target: Decimal | None) -> Reading:
    """Read what somebody typed; digits are ASCII, separators and signs as people write them."""
    if len(text) > MAX_LENGTH:
        return Reading("wrong", reason="too_long")
    typed = SPACES.sub(" ", UNSEEN.sub("", text)).strip().removeprefix("'").lstrip()
    for sign in MINUS_SIGNS:
        typed = typed.replace(sign, "-")
    if not typed:
        return EMPTY
    if typed.casefold() in NA_WORDS:
        return NOT_AVAILABLE
    if " ".join(typed.casefold().split()) in NOTHING_WORDS:
        return Reading("wrong", reason="nothing")
    reading = _read_signed(typed, desimal, target)
    if reading.reason == "text":
        return _read_words(typed, desimal) or _explain(typed, desimal, target)
    return reading


def is_percent(number_format: str) -> bool:
    """A per cent sign in quotes only decorates; a bare one multiplies what is shown by 100."""
    return "%" in FORMAT_LITERALS.sub("", number_format)


def format_number(value: Decimal, desimal: int) -> str:
    """1234.5 with two places is "1.234,50"; a negative one carries the true minus sign."""
    exact = round_half_up(value, desimal)
    text = f"{abs(exact):,f}".translate(str.maketrans(",.", ".,"))
    return f"−{text}" if exact < 0 else text


def format_plain(value: Decimal) -> str:
    """The value for machines: "-1234.5", no exponent, no trailing zeros."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Rounds half up: 90,995 is 91,00; never minus zero."""
    rounded = value.quantize(Decimal(1).scaleb(-places), context=WIDE)
    return abs(rounded) if rounded == 0 else rounded


def _read_exact(number: Decimal, desimal: int, *, is_share: bool) -> Reading:
    # adjusted() needs no context, so a number like 1e999999999 cannot overflow here.
    if not number.is_finite() or (number and number.adjusted() >= BOUND_DIGITS):
        return Reading("wrong", reason="too_big")
    exact = EXCEL_DIGITS.plus(number.scaleb(2) if is_share else number)
    reading = _settle(exact.quantize(NOISE_PLACES, context=WIDE), desimal)
    if reading.kind == "ambiguous":
        return replace(reading, candidates=_whole_guesses(exact))
    if is_share and reading.kind == "value":
        return replace(reading, notes=("percent_format", *reading.notes))
    return reading


def _read_signed(typed: str, desimal: int, target: Decimal | None) -> Reading:
    body = PERCENT_SIGN.sub("", typed, count=1)
    is_negative = body.startswith("-")
    spaced = body.removeprefix("-" if is_negative else "+").lstrip()
    joined = SPACE_GROUPS.sub(lambda groups: groups[0].replace(" ", ""), spaced, count=1)
    reading = _read_digits(joined, desimal, target)
    if joined != spaced and reading.kind == "value":
        reading = replace(reading, notes=("grouped", *reading.notes))
    if not is_negative:
        return reading
    value = -reading.value if reading.value else reading.value
    return replace(reading, value=value, candidates=tuple(-c for c in reading.candidates))


def _read_digits(body: str, desimal: int, target: Decimal | None) -> Reading:
    if PLAIN.fullmatch(body):
        return _settle(Decimal(body), desimal)
    if INDONESIAN.fullmatch(body):
        return _settle(_joined(body, group=".", point=","), desimal)
    if ENGLISH.fullmatch(body):
        return _settle(_joined(body, group=",", point="."), desimal, "english")
    if DOT_GROUPS.fullmatch(body):
        return _read_dot_groups(body, desimal)
    if WITH_COMMA.fullmatch(body):
        return _read_comma(body, desimal, target)
    if COMMA_GROUPS.fullmatch(body):
        return _settle(_joined(body, group=",", point="."), desimal, "english")
    if WITH_DOT.fullmatch(body):
        return _settle(Decimal(body), desimal, "dot_decimal")
    return Reading("wrong", reason="text")


def _read_dot_groups(body: str, desimal: int) -> Reading:
    """ "11.853": grouped thousands for a whole unit, else ambiguous: perhaps a decimal point."""
    thousands = _joined(body, group=".", point=",")
    if desimal == 0:
        return _settle(thousands, desimal, "grouped")
    if body.count(".") > 1:
        return Reading("ambiguous", candidates=(thousands,))
    return Reading("ambiguous", candidates=(Decimal(body), thousands))


def _read_comma(body: str, desimal: int, target: Decimal | None) -> Reading:
    """One comma is decimal, unless it could as well group the thousands of such a target."""
    value = _joined(body, group=".", point=",")
    if COMMA_GROUPS.fullmatch(body):
        thousands = _joined(body, group=",", point=".")
        is_near = target is not None and thousands <= abs(target) * 10 <= thousands * 100
        if desimal == 0 or is_near:
            return Reading("ambiguous", candidates=(value, thousands))
    return _settle(value, desimal)


def _settle(value: Decimal, desimal: int, *notes: Note) -> Reading:
    """Questions a fraction of a whole unit; rounds further places and reports that."""
    if value and value.adjusted() >= BOUND_DIGITS:
        return Reading("wrong", reason="too_big")
    rounded = round_half_up(value, desimal)
    if rounded == value:
        return Reading("value", rounded, notes)
    if desimal == 0:
        return Reading("ambiguous", candidates=(value,))
    return Reading("value", rounded, (*notes, "rounded"))


def _whole_guesses(value: Decimal) -> tuple[Decimal, ...]:
    """The cell holds 3.912 when "3.912" was typed under English settings: 3912 was meant."""
    thousands = value * 1000
    return (value, thousands.quantize(Decimal(1))) if thousands % 1 == 0 else (value,)


def _read_words(typed: str, desimal: int) -> Reading | None:
    """ "12 ribu" and "85 persen": asked as 12.000 and 85, never taken and never cut to 12."""
    found = IN_WORDS.fullmatch(typed.casefold())
    if found is None:
        return None
    power, rest = _power(found[2]), found[3].split()
    while power is not None and rest and rest[0] in MULTIPLIERS:
        power += MULTIPLIERS[rest.pop(0)]
    if power is None or VAGUE.search(" ".join(rest)):
        return None
    digits = _read_signed(found[1].strip(), MOST_PLACES, None)
    values = digits.candidates if digits.value is None else (digits.value,)
    meant = (value.scaleb(power, WIDE) for value in values)
    settled = tuple(v for v in meant if _settle(v, desimal).kind == "value")
    whole = tuple(round_half_up(value, desimal) for value in settled)
    return Reading("ambiguous", notes=("words",), candidates=whole) if whole else None


def _power(word: str) -> int | None:
    return 0 if word in PERCENT_WORDS else MULTIPLIERS.get(word)


def _explain(typed: str, desimal: int, target: Decimal | None) -> Reading:
    if any(unicodedata.category(character) == "Cf" for character in typed):
        return Reading("wrong", reason="unseen")
    if any(character.isnumeric() and not character.isascii() for character in typed):
        return Reading("wrong", reason="foreign_digits")
    meant: Decimal | None = None
    if any(character.isdigit() for character in typed):
        meant = _read_signed(typed.translate(SLIPS), desimal, target).value
    words = AMID_WORDS.fullmatch(typed)
    is_vague = VAGUE.search(re.sub(r"([0-9])([a-z])", r"\1 \2", typed.casefold())) is not None
    if meant is None and words is not None and not is_vague:
        meant = _read_signed(words[1], desimal, target).value
    return Reading("wrong", reason="text", suggestion=meant)


def _joined(body: str, *, group: str, point: str) -> Decimal:
    return Decimal(body.replace(group, "").replace(point, "."))
