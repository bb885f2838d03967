"""The writing transaction: load and apply of one command, all or nothing."""

from datetime import datetime

from flows.model.changes import Decision
from flows.model.commands import Command
from flows.model.view import Setting, View
from storage.reading.loading import Loading
from storage.reading.locked import LockedOrders
from storage.reading.queries import Queries
from storage.record.unit import UnitOfWork
from storage.writing.applying import Applying
from storage.writing.people import People, Privacy


class Transaction(Queries):
    """Used as `apply(decide(load(command), command, now))`; locks taken by load() are held
    until the commit."""

    def __init__(self, unit: UnitOfWork) -> None:
        super().__init__(unit)
        self.people = People(unit, self.office)
        self.privacy = Privacy(unit)
        locked = LockedOrders(unit, self.orders)
        self._loading = Loading(unit, locked, self)
        self._applying = Applying(unit, locked, self.people)

    def load(self, command: Command, setting: Setting, now: datetime) -> View:
        """Locks the perintah meant and its parent, then reads the view. `now` is UTC."""
        return self._loading.load(command, setting, now)

    def apply(self, decision: Decision, command_key: str, now: datetime) -> None:
        """`command_key` names the command: a replay under the same key queues nothing."""
        self._applying.apply(decision, self._loading.actor, command_key, now)
