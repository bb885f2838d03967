"""The record: events in hash chains, sealed (HMAC) where the office's key is given."""

import hashlib
import hmac
import json
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from flows.model.events import Event
from storage.record.proofs import OFFICE, Proof, Proofs, chain_name
from storage.rows.notation import canonical, moment, plain
from storage.rows.record_tables import ChainRow, EventRow

# What a body holds beside its event.
PLACE = ("chain", "seq", "at", "rows", "is_covered", "doubted")
ORIGIN = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it stands in the record."""

    chain: str
    seq: int
    at: datetime
    event: Event
    hash: str
    is_sealed: bool


def append(
    session: Session,
    proofs: Proofs,
    held: MutableMapping[str, ChainRow],
    event: Event,
    at: datetime,
) -> None:
    """`held`: the heads locked so far, by chain; the lock orders concurrent entries.

    The entry takes the proofs owed to its chain. The first one of a chain with a key begins the
    coverage: it proves every row of the chain, and from then on a row without proof is a break.
    """
    chain = OFFICE if event.perintah_id is None else chain_name(event.perintah_id)
    head = held.get(chain) or session.get(ChainRow, chain, with_for_update=True)
    if head is None:
        head = new_chain(session, chain, is_covered=False)
    held[chain] = head
    begins = proofs.key is not None and (head.seq == 0 or not head.is_covered)
    if begins and not head.is_covered:
        proofs.cover(session, chain)
        head.is_covered = True
    seq, former, key = head.seq + 1, head.hash, proofs.key
    doubted = proofs.doubted.pop(chain, ())
    body = body_of(chain, seq, at, event, proofs.take(chain), doubted, begins=begins)
    entry = hash_of(former, body)
    session.add(
        EventRow(
            chain=chain,
            seq=seq,
            at=at,
            body=body,
            prev_hash=former,
            hash=entry,
            seal=seal_of(key, entry) if key else "",
        )
    )
    head.seq, head.hash = seq, entry


def new_chain(session: Session, chain: str, *, is_covered: bool) -> ChainRow:
    """`is_covered`: nothing was written before it, so the proofs owed are all."""
    head = ChainRow(chain=chain, seq=0, hash=ORIGIN, is_covered=is_covered)
    session.add(head)
    return head


def entries(session: Session, chain: str) -> tuple[Entry, ...]:
    rows = session.exec(
        select(EventRow).where(col(EventRow.chain) == chain).order_by(col(EventRow.seq))
    )
    return tuple(
        Entry(row.chain, row.seq, row.at, _event(row.body), row.hash, bool(row.seal))
        for row in rows
    )


def body_of(
    chain: str,
    seq: int,
    at: datetime,
    event: Event,
    rows: dict[str, Proof],
    doubted: Sequence[str] = (),
    *,
    begins: bool,
) -> str:
    body = {"chain": chain, "seq": seq, "at": moment(at), **plain(event)}
    if rows or begins:
        body["rows"] = rows
    if doubted:
        body["doubted"] = list(doubted)
    return canonical({**body, "is_covered": True} if begins else body)


def _event(body: str) -> Event:
    told = json.loads(body)
    return Event(**{name: told[name] for name in told if name not in PLACE})


def hash_of(former: str, body: str) -> str:
    return hashlib.sha256((former + body).encode()).hexdigest()


def is_sealed_by(key: bytes, entry: str, seal: str) -> bool:
    """`entry`: the hash of it."""
    return hmac.compare_digest(seal, seal_of(key, entry))


def seal_of(key: bytes, entry: str) -> str:
    return hmac.new(key, entry.encode(), hashlib.sha256).hexdigest()
