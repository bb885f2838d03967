"""`python -m bot verify`: chains, papers and files compared with the record."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from flows.papers.filing import digest
from storage.reading.queries import Queries
from storage.record.chain import OFFICE, chain_name
from storage.rows.notation import plain
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Audit:
    """Counts of what was compared, and all differences, the first one first."""

    told: tuple[str, ...]
    breaks: tuple[str, ...]


def audit(store: Store, witnesses: tuple[str, ...] = ()) -> Audit:
    """`witnesses`: heads of the record published outside, as in the final post of the group."""
    with store.reading() as queries:
        heads = queries.record.chain_heads()
        chains = map(chain_name, queries.orders.ids())
        papers = queries.record.all_papers()
        files = queries.record.all_files()
        breaks = (
            *(f"{b.chain} entry {b.seq}: {b.reason}" for b in queries.record.verify()),
            *(f"{c}: its chain is gone" for c in chains if c not in heads),
            *_changed_papers(queries),
            *_unrecorded_approvals(queries),
            *_changed_files(store, files),
            *_missing_witnesses(queries, witnesses),
        )
    told = (
        *(f"{chain}: head {head[:16]}" for chain, head in sorted(heads.items())),
        f"{len(heads)} chains, {len(papers)} papers, {len(files)} files checked",
    )
    return Audit(told, breaks)


def _changed_papers(queries: Queries) -> Iterator[str]:
    for place, data, sha256 in queries.record.all_papers():
        if digest(plain(data["isi"])) != sha256:
            yield f"paper {place}: its data do not match the hash it was filed under"


def _unrecorded_approvals(queries: Queries) -> Iterator[str]:
    """SOP papers with an approval that is not on record."""
    entries = [json.loads(entry.body) for entry in queries.record.raw_entries(OFFICE)]
    given = {
        (entry["person_id"], entry["mandate"], entry["data"]["sha256"])
        for entry in entries
        if entry["name"] == "SopApproved"
    }
    for found in queries.office.sop_approvals():
        if (found.person_id, found.mandate, found.sha256) not in given:
            yield f"approval of SOP {found.sop} {found.version}: the record has none like it"


def _changed_files(store: Store, files: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for place, sha256 in files:
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
