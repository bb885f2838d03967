"""decide(): computes the decision for a command; the only entry point of flows."""

from collections.abc import Callable, Mapping
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
from flows.papers import due, signatures
from flows.staff import reachability, standing_in
from flows.turn import cards
from flows.turn.turn import Kind, Turn

# Run once each, in this order, after every command that is not refused.
CONCLUSIONS: tuple[Callable[[Turn], None], ...] = (
    # First: everything below is recorded and sent in the operator's own name.
    standing_in.conclude,
    # Papers are filed before any message that attaches them is built.
    due.issue_due,
    # The group's rekap attaches this turn's papers; closing changes the state used below.
    closing.announce,
    # All tugas are open or ended by now; the cards below show the limits that are set here.
    reminders.settle_clock,
    # It compares the state before and after: no step below may change the state.
    undo.remember,
    # Messages for what was opened and ended, and closing edits of messages left over.
    cards.conclude,
    # Last: a person whose card already says that his paraf is void is not told twice.
    signatures.announce_void,
)


def decide(
    view: View, command: Command, now: datetime, kinds: Mapping[str, Kind] = KINDS
) -> Decision:
    """Is pure: the same view, command and moment (aware UTC) give the same decision.

    `kinds` are those that the SOPs in the view's book were read with.
    """
    turn = Turn(view, command, now, kinds)
    standing_in.resume(turn)
    if (refused := _route(turn, command)) is not None:
        return refused
    for conclude in CONCLUSIONS:
        conclude(turn)
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
