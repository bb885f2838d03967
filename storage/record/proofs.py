"""Proofs of rows: a keyed hash (HMAC) of each covered row, kept in an entry of its chain.

The row holds a random `salt` that is part of the hash: without it, nobody can guess a small value
from the record, even with the key. Emptying row and salt together removes the value for good.
A column added later must be empty (NULL, 0, "", "[]", "{}") where it says nothing: empty columns
are left out of the hash, so proofs made before stay valid.
"""

import hmac
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, event, inspect
from sqlmodel import Session, SQLModel

from flows.model.addresses import ref_to
from storage.rows.notation import canonical, moment, written

LAST = "SELECT body FROM event WHERE chain = ? AND instr(body, ?) ORDER BY seq DESC LIMIT 1"
OFFICE = "kantor"
REMOVED = ""
FORGOTTEN = "(dihapus)"
# The covered tables, with the columns that say only when and how often a row was handled.
COVERED: Mapping[str, frozenset[str]] = {
    "perintah": frozenset(),
    "tugas": frozenset({"next_at", "reminded", "revision"}),
    "bagian": frozenset(),
    "data": frozenset(),
    "temuan": frozenset(),
    "dokumen": frozenset(),
    "rendition": frozenset(),
    "berkas": frozenset(),
    "person": frozenset({"is_reachable"}),
    "penugasan": frozenset(),
    "indicator": frozenset(),
    "local_day": frozenset(),
    "outage": frozenset(),
    "permohonan": frozenset(),
    "sop_approval": frozenset(),
}
EMPTY = frozenset({None, 0, "", "[]", "{}"})
Proof = str | None


def chain_name(perintah_id: int) -> str:
    return ref_to("perintah", perintah_id)


def row_name(table: Table, raw: Mapping[str, Any]) -> str:
    """ "data 3/KBK/1": the table and the primary key."""
    return f"{table.name} {'/'.join(str(raw[column.name]) for column in table.primary_key)}"


def chain_of(table: Table, raw: Mapping[str, Any]) -> str:
    """The chain of the perintah that the row belongs to, or the office's."""
    owner = _owner(table)
    return chain_name(raw[owner]) if owner else OFFICE


def proof_of(key: bytes, name: str, raw: Mapping[str, Any]) -> str:
    """`raw`: the columns as SQLite holds them, among them `salt`."""
    ignored = COVERED[name.partition(" ")[0]]
    fields = {k: v for k, v in raw.items() if k not in ignored and v not in EMPTY}
    return hmac.digest(key, canonical([name, fields]).encode(), "sha256").hex()


def raw_value(value: Any) -> Any:
    """The value as SQLite holds it, as the column types of storage.rows.columns write it."""
    match value:
        case bool():
            return int(value)
        case None | str() | int():
            return value
        case Decimal():
            return str(value)
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
    return written(value)


def owned_rows(session: Session, chain: str) -> Iterable[tuple[Table, dict[str, Any]]]:
    """The covered rows of a chain as SQLite holds them, a table after the other."""
    for name in COVERED:
        table = SQLModel.metadata.tables[name]
        owner = _owner(table)
        if (owner is None) != (chain == OFFICE):
            continue
        where = f" WHERE {owner} = {int(chain[1:])}" if owner else ""
        found = session.connection().exec_driver_sql(f"SELECT * FROM {name}{where}")
        for row in found.yield_per(500).mappings():
            yield table, dict(row)


@dataclass(slots=True)
class Proofs:
    """The proofs that a unit of work owes the record, by chain and row; none without a key.

    `doubted`: rows that were not as their last proof says when they were read to be written
    anew. The new proof would hide that, so the entry with it names them.
    """

    key: bytes | None
    due: dict[str, dict[str, Proof]] = field(default_factory=dict)
    doubted: dict[str, list[str]] = field(default_factory=dict)
    _written: list[tuple[Any, bool]] = field(default_factory=list)
    _emptied: list[Any] = field(default_factory=list)

    def take(self, chain: str) -> dict[str, Proof]:
        """The proofs owed to the chain; the caller writes them into its next entry."""
        return self.due.pop(chain, {})

    def owed(self) -> list[str]:
        """The chains to which proofs or doubts are owed."""
        owed = {chain for chain, rows in (*self.due.items(), *self.doubted.items()) if rows}
        return sorted(owed)

    def doubt(self, session: Session, table: Table, keys: Mapping[str, Any]) -> None:
        """Holds a row, about to be written anew, against its last proof."""
        place = " AND ".join(f"{name} = ?" for name in keys)
        values = tuple(raw_value(value) for value in keys.values())
        found = session.connection().exec_driver_sql(
            f"SELECT * FROM {table.name} WHERE {place}", values
        )
        for raw in map(dict, found.mappings()):
            name, chain = row_name(table, raw), chain_of(table, raw)
            last = session.connection().exec_driver_sql(LAST, (chain, f'"{name}":')).scalar()
            proof = json.loads(last)["rows"].get(name) if last else None
            if proof and self.key and proof != proof_of(self.key, name, raw):
                self.doubted.setdefault(chain, []).append(name)

    def salted(
        self, table: type[SQLModel], rows: Sequence[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """The rows, about to be written whole, each with a new salt and its proof owed."""
        if self.key is None:
            return list(rows)
        fresh = [{**row, "salt": _salt()} for row in rows]
        for row in fresh:
            self._owe(_table(table), {name: raw_value(value) for name, value in row.items()})
        return fresh

    def cover(self, session: Session, chain: str) -> None:
        """Owes a proof of every row of the chain that has none yet."""
        if self.key is None:
            return
        owed = self.due.setdefault(chain, {})
        fresh: dict[Table, list[list[Any]]] = {}
        for table, raw in owned_rows(session, chain):
            if row_name(table, raw) in owed:
                continue
            raw["salt"] = _salt()
            self._owe(table, raw)
            keys = [raw[column.name] for column in table.primary_key]
            fresh.setdefault(table, []).append([raw["salt"], *keys])
        for table, salts in fresh.items():
            place = " AND ".join(f"{column.name} = ?" for column in table.primary_key)
            statement = f"UPDATE {table.name} SET salt = ? WHERE {place}"
            session.connection().exec_driver_sql(statement, [tuple(one) for one in salts])

    def empties(self, held: Any) -> None:
        """The personal values of the object are being removed, and with them its salt."""
        held.salt = None
        self._emptied.append(held)

    def deletes(self, table: type[SQLModel], keys: Mapping[str, Any]) -> None:
        """The row of these keys is being deleted, by a statement of its own."""
        if self.key is not None:
            raw = {name: raw_value(value) for name, value in keys.items()}
            self._owe(_table(table), raw, is_gone=True)

    def _owe(self, table: Table, raw: Mapping[str, Any], *, is_gone: bool = False) -> None:
        assert self.key is not None
        name = row_name(table, raw)
        proof: Proof = None if is_gone else REMOVED
        if not is_gone and raw["salt"] is not None:
            proof = proof_of(self.key, name, raw)
        self.due.setdefault(chain_of(table, raw), {})[name] = proof


class ProvingSession(Session):
    """A session whose objects of covered tables get a salt and a proof when they are written."""

    proofs: Proofs = Proofs(None)

    def has_unproven(self) -> bool:
        return any(_covers(held) for held in (*self.new, *self.dirty, *self.deleted))


@event.listens_for(ProvingSession, "before_flush")
def _give_salts(session: ProvingSession, *_: Any) -> None:
    if session.proofs.key is None:
        return
    for held in (*session.new, *session.dirty):
        changed = _changed(held) if _covers(held) else frozenset()
        if not changed:
            continue
        if (identity := inspect(held).identity) is not None:
            table = _table(type(held))
            names = [column.name for column in table.primary_key]
            session.proofs.doubt(session, table, dict(zip(names, identity, strict=True)))
        if not any(held is emptied for emptied in session.proofs._emptied):
            held.salt = _salt()
        session.proofs._written.append((held, False))
    session.proofs._written += [(held, True) for held in session.deleted if _covers(held)]


@event.listens_for(ProvingSession, "after_flush")
def _owe_proofs(session: ProvingSession, *_: Any) -> None:
    held_now, session.proofs._written = session.proofs._written, []
    for held, is_gone in held_now:
        table = _table(type(held))
        raw = {column.name: raw_value(getattr(held, column.name)) for column in table.columns}
        session.proofs._owe(table, raw, is_gone=is_gone)


def _covers(held: Any) -> bool:
    return held.__tablename__ in COVERED


def _changed(held: Any) -> frozenset[str]:
    """The changed columns that a proof covers; all of a new row."""
    state = inspect(held)
    names = {attribute.key for attribute in state.attrs if attribute.history.has_changes()}
    return frozenset(names) - COVERED[held.__tablename__]


def _table(row: type[SQLModel]) -> Table:
    return row.metadata.tables[str(row.__tablename__)]


def _owner(table: Table) -> str | None:
    """The column with the id of the perintah that its rows belong to."""
    if table.name == "perintah":
        return "id"
    return "perintah_id" if "perintah_id" in table.columns else None


def _salt() -> str:
    return secrets.token_hex(16)
