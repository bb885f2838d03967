"""What both kinds of work on the database read, in parts."""

from storage.queues.backlog import Backlog
from storage.queues.inbox import Inbox
from storage.queues.outbox import Outbox
from storage.reading.office import Office
from storage.reading.orders import Orders
from storage.reading.record import Record
from storage.record.unit import UnitOfWork


class Queries:
    """One consistent moment. Where a part can write too, the connection of a reading unit
    (`query_only`) refuses it."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self.inbox = Inbox(unit)
        self.outbox = Outbox(unit)
        self.backlog = Backlog(unit)
        self.record = Record(unit)
        self.orders = Orders(unit)
        self.office = Office(unit)
