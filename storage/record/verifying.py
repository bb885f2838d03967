"""Verification: every chain walked once, and its rows held against their last proofs."""

import hmac
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from storage.record.chain import ORIGIN, hash_of, is_sealed_by
from storage.record.proofs import (
    FORGOTTEN,
    OFFICE,
    REMOVED,
    Proof,
    owned_rows,
    proof_of,
    raw_value,
    row_name,
)

AT_ONCE = 500
EVENTS = text("SELECT chain, seq, at, body, prev_hash, hash, seal FROM event ORDER BY chain, seq")
OF_CHAIN = text("SELECT seq, body FROM event WHERE chain = :chain ORDER BY seq")
OWNED = re.compile(r"p[1-9][0-9]{0,17}", re.ASCII)

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Break:
    """A place where record or rows differ from what was written."""

    chain: str
    seq: int
    reason: str


class Verification:
    """One walk, in memory bounded by the rows of one chain. The counts hold when it has ended:
    `uncovered`: rows that no entry proves yet; `removed`: rows emptied on request."""

    def __init__(self, session: Session, key: bytes | None) -> None:
        self._session = session
        self._key = key
        self.entries = self.sealed = self.covered = self.uncovered = 0
        self.removed: list[str] = []

    def breaks(self, only: str | None = None) -> Iterator[Break]:
        """`only`: the chain to be walked instead of all."""
        where = {"chain": only} if only else {}
        heads = {
            row.chain: (row.seq, row.hash)
            for row in self._rows(_of("SELECT chain, seq, hash FROM chain", where), where)
        }
        events = self._rows(_of(EVENTS.text, where), where)
        for chain, rows in groupby(events, key=lambda row: str(row.chain)):
            yield from self._walk(chain, rows, heads.pop(chain, None))
        for chain, head in sorted(heads.items()):
            yield from self._walk(chain, iter(()), head)

    def doubtful(self, chain: str) -> list[str]:
        """The rows of the chain that are not as their last proofs say."""
        proofs: dict[str, Proof] = {}
        for row in self._rows(OF_CHAIN.text, {"chain": chain}):
            proofs |= _told(row.body).get("rows", {})
        return [
            name
            for table, raw in owned_rows(self._session, chain)
            if self._key
            and proofs.get(name := row_name(table, raw)) != proof_of(self._key, name, raw)
        ]

    def _walk(
        self, chain: str, rows: Iterator[Any], head: tuple[int, str] | None
    ) -> Iterator[Break]:
        seq, former = 0, ORIGIN
        proofs: dict[str, tuple[int, Proof]] = {}
        begun = False
        for row in rows:
            told = _told(row.body)
            yield from (Break(chain, row.seq, why) for why in self._flaws(row, told, seq, former))
            if told.get("is_covered") and begun:
                yield Break(chain, row.seq, "the rows were taken in anew, as if none was proven")
            begun = begun or bool(told.get("is_covered"))
            for name in told.get("doubted", ()):
                yield Break(chain, row.seq, f"row {name} had been changed before this entry")
            proofs |= {name: (row.seq, proof) for name, proof in told.get("rows", {}).items()}
            self.entries += 1
            self.sealed += bool(row.seal)
            seq, former = row.seq, row.hash
        if head != (seq, former):
            yield Break(chain, seq, "the end of the chain is not where it was")
        if chain == OFFICE or OWNED.fullmatch(chain):
            yield from self._changed_rows(chain, seq, proofs, begun=begun)

    def _flaws(self, row: Any, told: Mapping[str, Any], seq: int, former: str) -> Iterator[str]:
        if row.seq != seq + 1:
            yield f"entry {seq + 1} is missing"
        if row.prev_hash != former:
            yield "does not continue the entry before it"
        if row.hash != hash_of(row.prev_hash, row.body):
            yield "the content does not match its hash"
        if [told.get(name) for name in ("chain", "seq", "at")] != [row.chain, row.seq, row.at]:
            yield "the content names another chain, number or time"
        if self._key and not is_sealed_by(self._key, row.hash, row.seal):
            yield "the seal is not ours" if row.seal else "is not sealed"

    def _changed_rows(
        self, chain: str, last: int, proofs: dict[str, tuple[int, Proof]], *, begun: bool
    ) -> Iterator[Break]:
        changed: dict[str, tuple[int, Mapping[str, Any]]] = {}
        for table, raw in owned_rows(self._session, chain):
            name = row_name(table, raw)
            if name not in proofs and not begun:
                self.uncovered += 1
                continue
            seq, proof = proofs.pop(name, (last, None))
            if proof is None:
                yield Break(chain, seq, f"row {name}: no entry proves it")
            elif proof == REMOVED:
                self.removed.append(name)
                if raw["salt"] is not None or not _is_empty(raw):
                    yield Break(chain, seq, f"row {name} was removed and has a value again")
            elif self._key and not hmac.compare_digest(proof, proof_of(self._key, name, raw)):
                changed[name] = (seq, raw)
            else:
                self.covered += 1
        told = self._told_columns(chain) if changed else {}
        for name, (seq, held) in changed.items():
            what = _differing(held, told.get(name, {}))
            yield Break(chain, seq, f"row {name} was changed{what}")
        for name, (seq, proof) in proofs.items():
            if proof is not None:
                yield Break(chain, seq, f"row {name} is gone")

    def _told_columns(self, chain: str) -> dict[str, Columns]:
        """What the events of the chain themselves say about rows, the last word of each."""
        found: dict[str, Columns] = {}
        for row in self._rows(OF_CHAIN.text, {"chain": chain}):
            told = _told(row.body)
            name, columns = _columns(told)
            found.setdefault(name, {}).update(columns)
        return found

    def _rows(self, statement: str, params: dict[str, Any]) -> Iterator[Any]:
        result = self._session.connection().execute(text(statement), params)
        return iter(result.yield_per(AT_ONCE))


def _of(statement: str, where: dict[str, Any]) -> str:
    return f"SELECT * FROM ({statement}) WHERE chain = :chain" if where else statement


def _told(body: str) -> dict[str, Any]:
    """The entry's content; empty where it is none."""
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    is_whole = isinstance(told, dict) and isinstance(told.get("rows", {}), dict)
    return told if is_whole else {}


def _is_empty(raw: Mapping[str, Any]) -> bool:
    values = (raw.get(name) for name in ("nip", "user_id", "chat_id"))
    return not any(values) and str(raw.get("nama")).startswith(FORGOTTEN)


def _columns(told: Mapping[str, Any]) -> tuple[str, Columns]:
    """The row that an event is about, and its columns as the event tells them."""
    data = told.get("data") or {}
    perintah, tugas = told.get("perintah_id"), str(told.get("tugas")).replace("-", "/")
    match told.get("name"):
        case "PerintahIssued":
            same = {name: data[name] for name in ("sop", "period") if name in data}
            columns = {"issued_by": told.get("person_id"), "sop_version": data.get("version")}
            return f"perintah {perintah}", {**same, **columns}
        case "PerintahFinished":
            return f"perintah {perintah}", {"status": data.get("status")}
        case "PerintahReopened":
            return f"perintah {perintah}", {"status": None}
        case "TugasOpened":
            columns = {name: data.get(name) for name in ("act", "round")}
            return f"tugas {tugas}", {**columns, "role": told.get("role")}
        case "TugasFinished":
            signed = {"finished_by": told.get("person_id"), "finished_as": told.get("mandate")}
            return f"tugas {tugas}", {**signed, "outcome": data.get("outcome")}
        case "FindingJudged":
            verdict = {"verdict": data.get("verdict")}
            return f"temuan {perintah}/{data.get('finding')}", verdict
        case "DocumentIssued":
            name = f"rendition {perintah}/{data.get('seq')}/{data.get('format')}"
            return name, {"sha256": data.get("sha256")}
    return "", {}


def _differing(raw: Mapping[str, Any], told: Columns) -> str:
    """Values told as None are not known."""
    differing = [
        f"{name} is {raw[name]!r}, the record says {raw_value(value)!r}"
        for name, value in told.items()
        if value is not None and raw[name] != raw_value(value)
    ]
    return f": {'; '.join(differing)}" if differing else ""
