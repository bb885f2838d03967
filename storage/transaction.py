"""One unit of work that writes: all of it happens, or nothing."""

from datetime import datetime

from flows.model.downtime import Downtime
from flows.model.events import Event
from storage.queues.inbox import Inbox
from storage.queues.outbox import Outbox
from storage.reading.office_queries import downtimes
from storage.record.unit import put
from storage.rows.mapping import fields_of
from storage.rows.office_tables import OutageRow
from storage.rows.tables import MetaRow, RenditionRow
from storage.writing.applying import Applying
from storage.writing.privacy import Privacy


class Transaction(Applying, Inbox, Outbox, Privacy):
    def add_rendition(
        self, perintah_id: int, seq: int, fmt: str, sha256: str, now: datetime
    ) -> None:
        """The file made of a dokumen; the record names it. Made again alike, it is one still."""
        if self.rendition(perintah_id, seq, fmt) == sha256:
            return
        row = RenditionRow(
            perintah_id=perintah_id, seq=seq, format=fmt, sha256=sha256, made_at=now
        )
        self._session.merge(row)
        data = {"seq": seq, "format": fmt, "sha256": sha256}
        event = Event("DocumentIssued", perintah_id, mandate="sistem", data=data)
        self._record(now, event)

    def downtimes(self) -> tuple[Downtime, ...]:
        return downtimes(self._session)

    def keep_downtime(self, downtime: Downtime) -> None:
        self._session.merge(OutageRow(**fields_of(downtime)))

    def set_meta(self, key: str, value: str) -> None:
        put(self._session, MetaRow, [{"key": key, "value": value}])
