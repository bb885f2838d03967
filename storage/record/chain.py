"""The record: events in hash chains, sealed (HMAC) where the office's key is given."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from flows.model.addresses import ref_to
from flows.model.events import Event
from storage.rows.notation import canonical, plain
from storage.rows.record_tables import ChainRow, EventRow

OFFICE = "kantor"
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


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the record differs from what was written."""

    chain: str
    seq: int
    reason: str


def chain_name(perintah_id: int) -> str:
    return ref_to("perintah", perintah_id)


def append(
    session: Session,
    key: bytes | None,
    held: MutableMapping[str, ChainRow],
    event: Event,
    at: datetime,
) -> None:
    """`held`: the heads locked so far, by chain; the lock orders concurrent entries."""
    chain = OFFICE if event.perintah_id is None else chain_name(event.perintah_id)
    head = held.get(chain) or session.get(ChainRow, chain, with_for_update=True)
    if head is None:
        head = new_chain(session, chain)
    held[chain] = head
    seq, former = head.seq + 1, head.hash
    body = canonical(_body(chain, seq, at, event))
    entry = _hash(former, body)
    session.add(
        EventRow(
            chain=chain,
            seq=seq,
            at=at,
            body=body,
            prev_hash=former,
            hash=entry,
            seal=_seal(key, entry) if key else "",
        )
    )
    head.seq, head.hash = seq, entry


def new_chain(session: Session, chain: str) -> ChainRow:
    head = ChainRow(chain=chain, seq=0, hash=ORIGIN)
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


def verify(session: Session, key: bytes | None) -> tuple[Break, ...]:
    """Every entry of every chain against its hash, its place and (with a key) its seal."""
    heads = {head.chain: head for head in session.exec(select(ChainRow))}
    chains: dict[str, list[EventRow]] = {chain: [] for chain in heads}
    order = (col(EventRow.chain), col(EventRow.seq))
    for row in session.exec(select(EventRow).order_by(*order)):
        chains.setdefault(row.chain, []).append(row)
    return tuple(
        found
        for chain, rows in sorted(chains.items())
        for found in _breaks(chain, rows, heads.get(chain), key)
    )


def _breaks(
    chain: str, rows: Iterable[EventRow], head: ChainRow | None, key: bytes | None
) -> Iterator[Break]:
    seq, former = 0, ORIGIN
    for row in rows:
        yield from (Break(chain, row.seq, reason) for reason in _flaws(row, seq, former, key))
        seq, former = row.seq, row.hash
    if head is None or (head.seq, head.hash) != (seq, former):
        yield Break(chain, seq, "the end of the chain is not where it was")


def _flaws(row: EventRow, seq: int, former: str, key: bytes | None) -> Iterator[str]:
    if row.seq != seq + 1:
        yield f"entry {seq + 1} is missing"
    if row.prev_hash != former:
        yield "does not continue the entry before it"
    if row.hash != _hash(row.prev_hash, row.body):
        yield "the content does not match its hash"
    if not _tells(row.body, row):
        yield "the content names another chain, number or time"
    if key and not is_sealed_by(key, row.hash, row.seal):
        yield "the seal is not ours" if row.seal else "is not sealed"


def _tells(body: str, row: EventRow) -> bool:
    try:
        told = json.loads(body)
        return (told["chain"], told["seq"], told["at"]) == (row.chain, row.seq, _moment(row.at))
    except (ValueError, KeyError, TypeError):
        return False


def _body(chain: str, seq: int, at: datetime, event: Event) -> dict[str, Any]:
    return {"chain": chain, "seq": seq, "at": _moment(at), **plain(event)}


def _event(body: str) -> Event:
    told = json.loads(body)
    return Event(**{name: told[name] for name in told if name not in ("chain", "seq", "at")})


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _hash(former: str, body: str) -> str:
    return hashlib.sha256((former + body).encode()).hexdigest()


def is_sealed_by(key: bytes, entry: str, seal: str) -> bool:
    """`entry`: the hash of it."""
    return hmac.compare_digest(seal, _seal(key, entry))


def _seal(key: bytes, entry: str) -> str:
    return hmac.new(key, entry.encode(), hashlib.sha256).hexdigest()
