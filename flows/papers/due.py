"""Papers that the state requires after a turn, issued or renewed whatever the command was."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from flows.office.kantor import Incumbents
from flows.papers.berita_acara import berita_acara
from flows.papers.catalogue import line_of
from flows.papers.disposisi import disposisi, passes
from flows.papers.facts import Data
from flows.papers.filing import renew
from flows.papers.pengantar import pengantar
from flows.sops.vocabulary import Traits
from flows.turn.turn import Turn

Builder = Callable[[Turn, str | None], Data | None]
ActTest = Callable[[Traits], bool]

# By kind: builds its present facts for a unit or the office (None); None while not due.
DUE: dict[str, Builder] = {
    "disposisi": disposisi,
    "pengantar": pengantar,
    "berita_acara": berita_acara,
}


@dataclass(frozen=True, slots=True)
class Reads:
    """The acts whose tugas a paper is made from; `of_unit`: only those of the paper's own unit.

    What else it is made from: the office, its indicators, the perintah's own fields and findings.
    """

    acts: ActTest
    of_unit: ActTest = lambda does: False


# These are built again only once one of their sources has changed; the others after every turn.
READS: Mapping[str, Reads] = {
    "disposisi": Reads(passes),
    "pengantar": Reads(lambda does: does.spreads, of_unit=lambda does: does.takes_form),
}

Sources = tuple[Any, ...]
# By perintah, kind and unit.
Compared = dict[tuple[int, str, str | None], Sources]
# The hash of each paper, and the sources with which it was last compared. Kept per Incumbents,
# that is until people, posts, lists or the day change; without it the same papers are filed.
_COMPARED: WeakKeyDictionary[Incumbents, Compared] = WeakKeyDictionary()


def issue_due(turn: Turn) -> None:
    """Runs once a turn, before its messages are built: they may attach the papers issued here."""
    if turn.work is None or turn.work is turn.view.perintah:
        return
    compared = _COMPARED.setdefault(turn.view.incumbents, {})
    for kind, unit, sources in _sources(turn):
        place = (turn.perintah.id, kind, unit)
        if sources and compared.get(place) == (_hash(turn, kind, unit), *sources):
            continue
        facts = DUE[kind](turn, unit)
        if facts is not None:
            renew(turn, kind, unit, facts)
            compared[place] = (_hash(turn, kind, unit), *sources)


def _sources(turn: Turn) -> Iterator[tuple[str, str | None, Sources]]:
    """Every paper by kind and unit, with its sources; none where they are not declared."""
    perintah, view = turn.perintah, turn.view
    itself = perintah._replace(tugas=(), bagian=(), data=(), dokumen=())
    common = (view.setting, view.roster, view.indicators, itself)
    for kind in DUE:
        reads = READS.get(kind)
        acts = {a.code for a in turn.sop.acts if reads and reads.acts(a.traits)}
        own = {a.code for a in turn.sop.acts if reads and reads.of_unit(a.traits)}
        for unit in perintah.units if line_of(kind).per == "unit" else (None,):
            tugas = (
                t for t in perintah.tugas if t.act in acts or (t.unit == unit and t.act in own)
            )
            yield kind, unit, (*common, *tugas) if reads else ()


def _hash(turn: Turn, kind: str, unit: str | None) -> str:
    paper = turn.perintah.paper(kind, unit)
    return paper.sha256 if paper is not None else ""
