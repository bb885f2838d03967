"""decide(): what a command brings about, given the state it refers to. The only way in."""

from datetime import datetime

from flows.deadlines import reminders
from flows.detours import undo
from flows.engine import clocked
from flows.engine.pressed import pressed
from flows.engine.said import said
from flows.engine.sent import sent, stray
from flows.enquiries import verification
from flows.kinds.registry import KINDS
from flows.model.changes import Decision, MoveGroup
from flows.model.commands import (
    Command,
    DayBegan,
    Digested,
    Membership,
    Migrated,
    Outage,
    Pressed,
    Said,
    Sent,
    Stray,
    Ticked,
)
from flows.model.view import View
from flows.orders import closing
from flows.papers import due, voiding
from flows.staff import reachability, standing_in
from flows.turn import cards
from flows.turn.turn import Turn


def decide(view: View, command: Command, now: datetime) -> Decision:
    """Pure: the same view, command and moment give the same decision."""
    turn = Turn(view, command, now, KINDS)
    standing_in.resume(turn)
    refused = _route(turn, command)
    if refused is not None:
        return refused
    standing_in.conclude(turn)
    due.issue_due(turn)
    if closing.has_ended(turn):
        closing.announce(turn)
    reminders.settle_clock(turn)
    undo.remember(turn)
    cards.conclude(turn)
    voiding.announce(turn)
    return turn.decision()


def _route(turn: Turn, command: Command) -> Decision | None:
    match command:
        case Ticked() | Outage() | Digested() | DayBegan():
            clocked.answer(turn, command)
            return None
        case Membership(is_member=is_member):
            return reachability.change(turn, command.origin, is_member)
        case Migrated(origin=origin, new_chat_id=new_id):
            if turn.view.group is not None and turn.view.group.chat_id == origin.chat_id:
                turn.changes.append(MoveGroup(origin.chat_id, new_id))
                turn.record("GroupMigrated")
            return None
        case Pressed():
            return pressed(turn, command)
        case Said() | Sent() if verification.concerns(turn):
            return verification.begin(turn)
        case Said():
            return said(turn, command)
        case Sent():
            return sent(turn, command)
        case Stray(noun=noun):
            return stray(turn, noun)
