"""Declarations of the chat commands, in menu order, and what their buttons run."""

import re
from collections.abc import Mapping
from functools import partial

from flows.administration import days_off, indicators, operations, outage_declared
from flows.dialogs import dialog
from flows.engine.dialogs import DIALOGS
from flows.engine.verbs import TASK_VERBS
from flows.enquiries import documents, help, my_tasks, status, verification
from flows.model import meaning
from flows.model.addresses import Ref
from flows.model.changes import Decision
from flows.orders import concepts, ordering, readiness, stopping
from flows.papers import sop_approval
from flows.staff import posts, recording, registration, staff_lists
from flows.turn.cards import task_line
from flows.turn.command import (
    COMMANDS,
    ChatCommand,
    Facts,
    Run,
    declare,
    everybody,
    plain,
    subordinates,
)
from flows.turn.listing import Listed
from flows.turn.turn import Turn, task_button

PAGE_VERB = re.compile(r"h(\d{1,4})")

# Actions that only a button opens, by the name in its callback data: "menu:kubahlibur".
MENU: Mapping[str, Run] = {
    "ubahlibur": days_off.begin,
    "hitungulang": days_off.recount,
    "undangan": staff_lists.invite,
    "dicatatkan": recording.begin_marking,
    "gangguan": outage_declared.begin,
    help.MORE: help.more,
}


def _for_task(verb: str, turn: Turn) -> Decision | None:
    """Runs the verb on the tugas meant or the only open one; several are offered as buttons."""
    tugas = turn.view.tugas
    if tugas is not None and tugas.is_open and turn.may_act(tugas):
        return TASK_VERBS[verb](turn, tugas)
    return _choose_task(verb, turn, "", 0)


def _choose_task(verb: str, turn: Turn, rest: str, page: int) -> Decision | None:
    if not turn.view.todo:
        return turn.answer("tanpa_tugas", {"sapaan": turn.person.sapaan})
    listed = Listed(turn.view.todo, page)
    args = {"tugas": [task_line(turn, t) for t in listed.shown], "mulai": listed.first}
    rows = tuple((task_button(t, "tugas_ke", verb, ke=n),) for n, t in listed.numbered())
    command = BLOCKED if verb == "kendala" else MORE_TIME
    key = "pilih_kendala" if verb == "kendala" else "pilih_panjang"
    return turn.answer(key, args, (*rows, *listed.turning(command.name)))


def press_menu(turn: Turn, verb: str, ref: Ref) -> Decision | None:
    """Runs the command or begins the SOP that a button names; an unknown name is refused."""
    if verb == "mulai":
        return ordering.begin_with(turn, {"sop": ref.name, "periode": ref.period})
    if verb == "sahkan":
        return sop_approval.begin(turn, ref.name)
    turned, command = PAGE_VERB.fullmatch(verb), COMMANDS.get(ref.name)
    if turned and command is not None and command.page is not None:
        return command.page(turn, ref.period, int(turned[1]))
    act = MENU.get(ref.name) or (COMMANDS[ref.name].run if ref.name in COMMANDS else None)
    if verb != meaning.MENU or act is None:
        return turn.refuse_toast("tombol_lama")
    return act(turn, "")


def press_wish(turn: Turn, verb: str) -> Decision | None:
    issue = partial(ordering.go_on, turn)
    return concepts.settle(turn, verb, ordering.may_order(turn), issue)


def cancel(turn: Turn) -> Decision | None:
    """/batal: discards the open draft."""
    draft = turn.view.draft
    if draft is None:
        return turn.refuse("tak_ada_dibatalkan", {})
    return dialog.leave(turn, DIALOGS[draft.dialog], draft, is_typed=True)


def _of_task(name: str, verb: str) -> ChatCommand:
    run, page = plain(partial(_for_task, verb)), partial(_choose_task, verb)
    return ChatCommand(name, run, subordinates, page=page, example=_plea)


def _plea(turn: Turn) -> str | None:
    """Where a task may be told of or given more time: it has a limit and a superior, and no
    request about it waits."""
    running = (t for t in turn.view.todo if t.due_at is not None and not t.wish)
    above = (turn.office.superior(turn.authority.post(t)) for t in running)
    return "" if any(post and turn.authority.people_of(post) for post in above) else None


BLOCKED = _of_task("kendala", "kendala")
MORE_TIME = _of_task("perpanjangan", "panjang")
CANCEL = ChatCommand("batal", plain(cancel), everybody)

# Menus list the commands in this order, and /bantuan the first of those that a person may use and
# that have an example now: what is his alone, his tasks, the state of things, then the rest.
DECLARED: tuple[ChatCommand, ...] = (
    ordering.ORDER,
    recording.RECORD,
    staff_lists.STAFF,
    posts.POSTS,
    indicators.INDICATORS,
    days_off.DAYS_OFF,
    my_tasks.TASKS,
    status.STATUS,
    status.REKAP,
    stopping.STOP,
    stopping.CHANGE,
    BLOCKED,
    MORE_TIME,
    readiness.READY,
    operations.HEALTH,
    operations.BACKUP,
    registration.GROUP,
    status.ARCHIVE,
    status.DISPOSISI,
    status.NOTULEN,
    status.SOP,
    verification.VERIFY,
    documents.GUIDES,
    documents.PRACTICE,
    help.HELP,
    CANCEL,
    operations.PRIVACY,
    help.START,
    help.REGISTER,
    help.HELP_IN_ENGLISH,
)
declare(*DECLARED)


def facts_of(name: str) -> Facts:
    """Facts to look up outside the database before the command of this name is decided."""
    command = COMMANDS.get(name)
    return command.facts if command is not None else ""


def showing() -> frozenset[str]:
    """The commands that show one perintah, by its number or the one that runs."""
    return frozenset(command.name for command in COMMANDS.values() if command.show)
