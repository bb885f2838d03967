"""Daily messages: each person's tasks and late subordinates, and the office's own duties."""

from datetime import date, timedelta

from flows.administration.days_off import knows_cuti_bersama
from flows.dialogs.moments import ended_periods
from flows.model.addresses import command_ref, ref_to, to_person
from flows.model.changes import WakeTasks
from flows.model.messages import Button
from flows.model.perintah import Tugas
from flows.orders.order_line import is_ordered
from flows.staff.mandates import offer_parts, tell_changes
from flows.turn.cards import PersonArgs, open_buttons, person_args, task_line
from flows.turn.command import menu_of, roles_of
from flows.turn.naming import held_title
from flows.turn.superiors import addressee, may_decide
from flows.turn.turn import Turn, button

MOST_LINES = 6
MOST_BUTTONS = 3
ACTING_WARNINGS = (75, 90)
WARN_FROM_MONTH = 10
QUARTER_STARTS = (1, 4, 7, 10)


def tell_person(turn: Turn) -> None:
    """Sends one silent message to a person with open tasks or late subordinates."""
    his = to_person(turn.person.id)
    turn.speech.out.append(menu_of(turn, his, roles_of(turn, turn.person.id)))
    urgent = sorted(turn.view.todo, key=lambda t: (t.due_at is None, t.due_at or t.opened_at))
    late = [t for t in turn.view.open_tasks if _is_late(turn, t) and _is_below(turn, t)]
    if not urgent and not late:
        return
    args = {
        "yth": addressee(turn, turn.person),
        "tanggal": turn.now.isoformat(),
        "tugas": [task_line(turn, t) for t in urgent[:MOST_LINES]],
        "semua": len(urgent),
        "terlambat": [
            {**task_line(turn, t), "pemegang": _holder(turn, t)} for t in late[:MOST_LINES]
        ],
        "terlambat_semua": len(late),
        "lewat": sum(_is_late(turn, t) for t in urgent) + len(late),
    }
    rows = open_buttons(urgent[:MOST_BUTTONS])
    if late:
        first = ref_to("perintah", late[0].perintah_id)
        rows += ((button("ingatkan_semua", "ingatkan", first),),)
    unique = f"digest:{turn.day.isoformat()}"
    turn.speech.tell(turn.person, "ringkasan_pagi", args, rows=rows, lane=3, unique=unique)


def open_day(turn: Turn) -> None:
    """Warns of ending posts, a long Plt and a missing calendar; offers an order of the quarter."""
    turn.changes.append(WakeTasks())
    tell_changes(turn)
    offer_parts(turn)
    _warn_of_acting(turn)
    _warn_of_calendar(turn)
    _offer_quarter(turn)


def _is_late(turn: Turn, tugas: Tugas) -> bool:
    return tugas.due_at is not None and tugas.due_at < turn.now


def _is_below(turn: Turn, tugas: Tugas) -> bool:
    """Whether the person of the view is a superior, at any level, of the post of the tugas."""
    is_his = any(p.id == turn.person.id for p in turn.authority.holders(tugas))
    return not is_his and may_decide(turn, tugas)


def _holder(turn: Turn, tugas: Tugas) -> PersonArgs | None:
    return next((person_args(turn, p.id) for p in turn.authority.holders(tugas)), None)


def _warn_of_acting(turn: Turn) -> None:
    """A Plt lasts three months at most: the admin and the Sekretaris are warned before."""
    for post in turn.view.roster.penugasan:
        if post.jenis != "Plt" or post.mulai is None or not post.covers(turn.day):
            continue
        days = (turn.day - post.mulai).days
        passed = [level for level in ACTING_WARNINGS if days >= level]
        person = turn.view.roster.person(post.person_id)
        if not passed or person is None:
            continue
        args = {
            "jabatan": held_title(turn, post),
            "nama": person.nama,
            "hari": days,
            "mulai": post.mulai.isoformat(),
            "genap": passed[-1] == ACTING_WARNINGS[-1],
        }
        for reader in turn.authority.people_with("pejabat"):
            turn.speech.tell(reader, "plt_lama", args, unique=f"plt:{post.id}:{passed[-1]}")


def _warn_of_calendar(turn: Turn) -> None:
    """Warns from October on while next year's cuti bersama is unknown."""
    if turn.day.month < WARN_FROM_MONTH or knows_cuti_bersama(turn, turn.day.year + 1):
        return
    year = turn.day.year + 1
    for keeper in turn.authority.people_with("libur"):
        key = f"kalender:{year}:{turn.day:%Y%m}"
        turn.speech.tell(keeper, "kalender_belum", {"tahun": year}, unique=key)


def _offer_quarter(turn: Turn) -> None:
    """Offers a prepared draft on the first working morning after a quarter."""
    if turn.day.month not in QUARTER_STARTS or not _is_first_workday(turn, turn.day):
        return
    period = ended_periods(turn.local(turn.now))[0]
    for sop in turn.view.setting.book.current():
        if sop.corrects or is_ordered(turn, sop.code, period):
            continue
        start = Button("siapkan_perintah", "mulai", command_ref(sop.code, period.code))
        for role in (*sop.gatherers, sop.first.performer):
            for person in turn.authority.post_holders(role):
                args = {"yth": addressee(turn, person), "periode": period.label, "sop": sop.name}
                turn.speech.tell(
                    person,
                    "akhir_triwulan",
                    args,
                    rows=((start,),),
                    unique=f"triwulan:{period.code}:{sop.code}",
                )


def _is_first_workday(turn: Turn, day: date) -> bool:
    calendar = turn.view.setting.calendar
    before = (date(day.year, day.month, 1) + timedelta(n) for n in range(day.day - 1))
    return calendar.is_workday(day) and not any(calendar.is_workday(d) for d in before)
