"""The reading parts that reads and transactions share."""

from storage.queues.backlog import Backlog
from storage.queues.inbox import Inbox
from storage.queues.outbox import Outbox
from storage.reading.office import Office
from storage.reading.orders import Orders
from storage.reading.record import Record
from storage.record.unit import UnitOfWork


class Queries:
    """Reads of one consistent moment. Parts with writing methods are refused by SQLite on a
    reading connection (`query_only`)."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self.inbox = Inbox(unit)
        self.outbox = Outbox(unit)
        self.backlog = Backlog(unit)
        self.record = Record(unit)
        self.orders = Orders(unit)
        self.office = Office(unit)
