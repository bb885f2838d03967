"""Whatever is changed, removed, reordered or cut off in a record, verify finds it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, col, create_engine, delete, select

from flows.model.events import Event
from storage.record.chain import append
from storage.record.proofs import Proofs
from storage.record.verifying import Verification
from storage.rows.record_tables import ChainRow, EventRow

KEY = b"k" * 32
BEGUN = datetime(2026, 11, 24, tzinfo=UTC)

Tamper = Callable[[Session, int, int], None]


def rows(session: Session) -> list[EventRow]:
    return list(session.exec(select(EventRow).order_by(col(EventRow.seq))))


def change_body(session: Session, place: int, other: int) -> None:
    row = rows(session)[place]
    row.body = row.body.replace('"data":{', f'"data":{{"x{other}":1,')


def change_moment(session: Session, place: int, other: int) -> None:
    rows(session)[place].at += timedelta(seconds=other + 1)


def remove(session: Session, place: int, other: int) -> None:
    session.delete(rows(session)[place])


def cut_off(session: Session, place: int, other: int) -> None:
    session.exec(delete(EventRow).where(col(EventRow.seq) > place))


def cut_off_with_its_head(session: Session, place: int, other: int) -> None:
    """As one who knows of the heads does; that a whole chain is gone the audit finds."""
    cut_off(session, max(place, 1), other)
    session.exec(delete(ChainRow))


def reorder(session: Session, place: int, other: int) -> None:
    found = rows(session)
    one, two = found[place], found[(place + 1 + other) % len(found)]
    if one is two:
        one.body += " "
        return
    one.body, two.body = two.body, one.body


def copy_over(session: Session, place: int, other: int) -> None:
    """An entry that really is of the record, at another place."""
    found = rows(session)
    one, two = found[place], found[(place + 1) % len(found)]
    one.body, one.prev_hash, one.hash, one.seal = two.body, two.prev_hash, two.hash, two.seal
    if one is two:
        one.hash = one.hash[::-1]


TAMPERING: tuple[Tamper, ...] = (
    change_body,
    change_moment,
    remove,
    cut_off,
    cut_off_with_its_head,
    reorder,
    copy_over,
)


@settings(max_examples=80, deadline=None)
@given(
    count=st.integers(1, 6),
    tamper=st.sampled_from(TAMPERING),
    place=st.integers(0, 5),
    other=st.integers(0, 4),
    has_key=st.booleans(),
)
def test_every_tampering_is_found(
    count: int, tamper: Tamper, place: int, other: int, has_key: bool
) -> None:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        held: dict[str, ChainRow] = {}
        for number in range(count):
            event = Event("ReminderSent", 7, data={"n": number})
            append(session, Proofs(KEY), held, event, BEGUN + timedelta(minutes=number))
        assert list(Verification(session, KEY).breaks()) == []

        tamper(session, place % count, other)
        session.flush()
        session.expire_all()

        assert list(Verification(session, KEY if has_key else None).breaks())
    engine.dispose()
