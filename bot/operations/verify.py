"""`python -m bot verify`: chains, rows, papers and files compared with the record."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from flows.papers.filing import digest
from storage.reading.queries import Queries
from storage.record.proofs import chain_name
from storage.rows.notation import plain
from storage.store import Store

MOST_TOLD = 1_000


@dataclass(frozen=True, slots=True)
class Audit:
    """Counts of what was compared, and the differences, the first one first."""

    told: tuple[str, ...]
    breaks: tuple[str, ...]
    has_seals: bool = False


def audit(store: Store, witnesses: tuple[str, ...] = ()) -> Audit:
    """`witnesses`: heads of the record published outside, as in the final post of the group."""
    counts: Counter[str] = Counter()
    with store.reading() as queries:
        heads = queries.record.chain_heads()
        walk = queries.record.verification()
        found = chain(
            (f"{b.chain} entry {b.seq}: {b.reason}" for b in walk.breaks()),
            (f"{c}: its chain is gone" for c in _chains(queries) if c not in heads),
            _changed_papers(queries, counts),
            _unrecorded_approvals(queries),
            _changed_files(store, queries, counts),
            _missing_witnesses(queries, witnesses),
        )
        breaks = tuple(islice(found, MOST_TOLD))
        if further := sum(1 for _ in found):
            breaks += (f"and {further} more",)
    removed = (f"{row}: removed (dihapus), not changed" for row in walk.removed)
    uncovered = f"{walk.uncovered} rows from before are not covered yet"
    told = (
        *(f"{name}: head {head[:16]}" for name, head in sorted(heads.items())),
        *removed,
        f"{walk.covered} rows are as the record proves them",
        *((uncovered,) if walk.uncovered else ()),
        f"{len(heads)} chains, {counts['papers']} papers, {counts['files']} files checked",
    )
    return Audit(told, breaks, bool(walk.sealed))


def _chains(queries: Queries) -> Iterator[str]:
    return map(chain_name, queries.orders.ids())


def _changed_papers(queries: Queries, counts: Counter[str]) -> Iterator[str]:
    for place, data, sha256 in queries.record.all_papers():
        counts["papers"] += 1
        if digest(plain(data["isi"])) != sha256:
            yield f"paper {place}: its data do not match the hash it was filed under"


def _unrecorded_approvals(queries: Queries) -> Iterator[str]:
    """SOP papers with an approval that is not on record."""
    given = queries.record.approvals_on_record()
    for found in queries.office.sop_approvals():
        if (found.person_id, found.mandate, found.sha256) not in given:
            yield f"approval of SOP {found.sop} {found.version}: the record has none like it"


def _changed_files(store: Store, queries: Queries, counts: Counter[str]) -> Iterator[str]:
    for place, sha256 in queries.record.all_files():
        counts["files"] += 1
        if not store.files.has(sha256):
            yield f"file of {place}: {sha256[:16]} is missing"
            continue
        with store.files.path(sha256).open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found != sha256:
            yield f"file of {place}: {sha256[:16]} was changed"


def _missing_witnesses(queries: Queries, witnesses: tuple[str, ...]) -> Iterator[str]:
    """Published heads that the record lacks: it was rewritten as a whole."""
    for told in witnesses:
        head = told.strip().lower()
        is_hash = len(head) >= 8 and not head.strip("0123456789abcdef")
        if not is_hash or queries.record.has_entry(head) is None:
            yield f"witness {told!r}: no entry of the record has this hash"
