"""Deletion of personal data: bodies of old updates, and a person on request.

The record names people by id only, so it is not changed and still verifies.
"""

from datetime import datetime

from sqlmodel import col, delete, or_, select, update

from flows.model.addresses import to_chat, to_person
from flows.model.events import Event
from storage.record.unit import Part
from storage.rows.office_tables import WrongCodeRow
from storage.rows.tables import DraftRow, InboxRow, InviteRow, OutboxRow, PersonRow

FORGOTTEN = "(dihapus)"
ENDED = ("done", "parked")


class Privacy(Part):
    def forget_bodies(self, before: datetime) -> int:
        """Empties finished updates received before that moment; id and chat stay."""
        result = self._session.exec(
            update(InboxRow)
            .where(
                col(InboxRow.state).in_(ENDED),
                col(InboxRow.received_at) < before,
                col(InboxRow.error) != FORGOTTEN,
            )
            .values(raw={}, extra={}, error=FORGOTTEN)
        )
        return result.rowcount

    def erase(self, person_id: int, now: datetime) -> None:
        """Erases name, NIP, rank, account and messages of a person, not what he signed."""
        person = self._session.get_one(PersonRow, person_id)
        accounts = [account for account in (person.user_id, person.chat_id) if account]
        self._erase_talk(to_person(person_id), accounts)
        for draft in self._session.exec(select(DraftRow).where(DraftRow.person_id == person_id)):
            self._session.delete(draft)
        self._session.exec(
            update(InviteRow)
            .where(col(InviteRow.person_id) == person_id)
            .values(nama=FORGOTTEN, voided_at=now, claimed_user=None, claimed_chat=None)
        )
        person.nama, person.nip, person.pangkat = f"{FORGOTTEN} {person_id}", None, ""
        person.sapaan, person.user_id, person.chat_id = "Bapak/Ibu", None, None
        self._unit.record(now, Event("PersonErased", mandate="sistem", data={"person": person_id}))
        self._session.flush()

    def _erase_talk(self, recipient: str, accounts: list[int]) -> None:
        """Erases messages to and from the person; waiting ones are dropped unsent."""
        chats = [recipient, *(to_chat(account) for account in accounts)]
        outbox = col(OutboxRow.recipient).in_(chats)
        waiting = col(OutboxRow.state).in_(("pending", "uncertain"))
        self._session.exec(update(OutboxRow).where(outbox, waiting).values(state="dropped"))
        self._session.exec(update(OutboxRow).where(outbox).values(body={}))
        if not accounts:
            return
        his = or_(*(col(InboxRow.chat_id) == account for account in accounts))
        self._session.exec(
            update(InboxRow)
            .where(his, col(InboxRow.state).in_(ENDED))
            .values(raw={}, extra={}, error=FORGOTTEN)
        )
        self._session.exec(delete(WrongCodeRow).where(col(WrongCodeRow.user_id).in_(accounts)))
