"""decide(): computes the decision for a command; the only entry point of flows."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flows.deadlines import due_time, handover, late, reminders
from flows.detours import undo
from flows.engine import morning
from flows.engine.pressed import pressed
from flows.engine.said import said, sent, stray
from flows.enquiries import verification
from flows.kinds.registry import KINDS
from flows.model import commands
from flows.model.changes import Decision
from flows.model.view import View
from flows.orders import closing
from flows.papers import due, signatures
from flows.staff import recording, registration
from flows.turn import cards, closing_lines, endings, reach, receipts
from flows.turn.turn import Kind, Turn

# Run once each, in this order, after every command that is not refused.
CONCLUSIONS: tuple[Callable[[Turn], None], ...] = (
    # First: everything below is recorded and sent in the operator's own name.
    recording.conclude,
    # Papers are filed before any message that attaches them is built.
    due.issue_due,
    # The group's rekap attaches this turn's papers; closing changes the state used below.
    closing.announce,
    # All tugas are open or ended by now; the cards below show the limits that are set here.
    reminders.settle_clock,
    # It compares the state before and after: no step below may change the state.
    undo.remember,
    # Before the closing edits of messages, which leave these alone.
    late.follow,
    # It compares the state before and after as well.
    receipts.follow,
    # Messages for what was opened, and the line of the act.
    cards.conclude,
    # After every message of the turn: what none of them has replaced is closed or deleted.
    endings.conclude,
    # It leaves alone what the messages above say anew.
    closing_lines.replace,
    # After every message about a tugas.
    reach.conclude,
    # Last: a person whose card already says that his paraf is void is not told twice.
    signatures.announce_void,
)


def decide(
    view: View, command: commands.Command, now: datetime, kinds: Mapping[str, Kind] = KINDS
) -> Decision:
    """Is pure: the same view, command and moment (aware UTC) give the same decision.

    `kinds` are those that the SOPs in the view's book were read with.
    """
    turn = Turn(view, command, now, kinds)
    recording.resume(turn)
    if (refused := _route(turn, command)) is not None:
        return refused
    for conclude in CONCLUSIONS:
        conclude(turn)
    return turn.decision()


def _route(turn: Turn, command: commands.Command) -> Decision | None:
    match command:
        case (
            commands.Ticked()
            | commands.Outage()
            | commands.Digested()
            | commands.Unreached()
            | commands.DayBegan()
        ):
            by_clock(turn, command)
            return None
        case commands.Membership(is_member=is_member):
            return registration.record_reach(turn, command.origin, is_member)
        case commands.Migrated(origin=origin, new_chat_id=new_id):
            if turn.view.group is not None and turn.view.group.chat_id == origin.chat_id:
                return registration.group_moved(turn.view.heads, origin.chat_id, new_id)
            return None
        case commands.Pressed():
            return pressed(turn, command)
        case commands.Said() | commands.Sent() if verification.concerns(turn):
            return verification.begin(turn)
        case commands.Said():
            return said(turn, command)
        case commands.Sent():
            return sent(turn, command)
        case commands.Stray(noun=noun):
            return stray(turn, noun)


def by_clock(turn: Turn, command: commands.Clocked) -> None:
    is_running = turn.work is not None and turn.work.status == "berjalan"
    match command:
        case commands.Ticked() if is_running:
            reminders.remind(turn)
            handover.settle_requests(turn)
        case commands.Outage() if is_running:
            due_time.count_outage(turn, command)
        case commands.Digested() if turn.actor is not None:
            morning.tell_person(turn)
        case commands.Unreached() if turn.actor is not None:
            reach.tell_of(turn, turn.actor)
        case commands.DayBegan():
            morning.open_day(turn)
