"""Rows that a note names: a note for each of them, and those named but not picked."""

from collections.abc import Iterable, Sequence

from flows.dialogs.question import Choice, Question
from flows.text.words import codes_in, codes_named


def notes_by_code(text: str, codes: tuple[str, ...], known: Iterable[str] = ()) -> dict[str, str]:
    """One note for all rows, or a line per code ("KBK-05: mohon dilengkapi").

    A line without a code goes on with the one before; before any it is for all rows. What is
    noted for a `known` row that is not among the codes is no part of their notes."""
    heads = tuple(dict.fromkeys((*codes, *known)))
    common: list[str] = []
    own: dict[str, list[str]] = {}
    headed: tuple[str, ...] = ()
    for line in text.splitlines():
        head, colon, rest = line.partition(":")
        found, strange = codes_in(head, heads)
        is_headed = bool(colon and found and rest.strip()) and not strange
        headed = found if is_headed else headed
        for code in headed:
            own.setdefault(code, []).append(rest.strip() if is_headed else line.strip())
        if not headed:
            common.append(line.strip())
    if not own:
        return dict.fromkeys(codes, text)
    noted = {code: " ".join((*own.get(code, ()), *common)) for code in codes}
    return {code: note for code, note in noted.items() if note} or dict.fromkeys(codes, text)


def not_picked(text: str, known: Iterable[str], picked: Sequence[str]) -> list[str]:
    """The rows that the text names and nobody has picked."""
    return [code for code in codes_named(text, known) if code not in picked]


def asking(also: Choice, picked: Sequence[str]) -> Question | None:
    """Asks whether the rows are meant that `also` names; None where it names none."""
    named = also.args["kode"]
    if not named:
        return None
    only = Choice(False, "hanya_baris", args={"dipilih": list(picked)})
    return Question("ikut", "tanya_baris_disebut", {"kode": named}, (also, only))
