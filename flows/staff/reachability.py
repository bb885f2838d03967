"""Records whether Telegram reaches a person or the group; the admins are told of a lost group."""

from datetime import date

from flows.model.changes import Decision, LoseGroup, SetReachable
from flows.model.commands import Origin
from flows.turn.turn import Turn

GROUP_LOST = "grup_lepas"


def lost_key(chat_id: int, day: date) -> str:
    """Unique key of the alert: one per group and day, whichever way the loss was noticed."""
    return f"{GROUP_LOST}:{chat_id}:{day.isoformat()}"


def change(turn: Turn, origin: Origin, is_member: bool) -> Decision | None:
    if origin.chat_kind == "private":
        if turn.actor is not None:
            turn.changes.append(SetReachable(turn.actor.id, is_member))
            turn.record("PersonReturned" if is_member else "PersonBlocked")
        return None
    is_ours = turn.view.group is not None and turn.view.group.chat_id == origin.chat_id
    if is_ours and not is_member:
        turn.changes.append(LoseGroup(origin.chat_id))
        turn.record("GroupLost")
        for admin in turn.authority.admins:
            turn.speech.tell(admin, GROUP_LOST, {}, unique=lost_key(origin.chat_id, turn.day))
    return None
