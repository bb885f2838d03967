"""The admin's mark for officials whose acts the operator records although they have Telegram."""

from flows.enquiries.my_tasks import titles
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.messages import Line
from flows.office.people import MarkProxied, Person
from flows.staff.posts import whom
from flows.turn.dialog import start
from flows.turn.question import Answers, Dialog, Question
from flows.turn.turn import Turn


def begin(turn: Turn, rest: str) -> Decision | None:
    if not turn.authority.may("pegawai"):
        return turn.refuse_other("pegawai")
    return start(turn, PROXYING)


def _in_office(turn: Turn) -> tuple[Person, ...]:
    return tuple(p for p in turn.view.roster.people if turn.view.roster.posts(p.id, turn.day))


def _ask_person(turn: Turn, answers: Answers) -> Question | None:
    people = _in_office(turn)
    marked = [p.nama for p in people if p.is_proxied]
    return whom("tanya_dicatatkan", people, ditandai=marked)


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    if not turn.authority.may("pegawai"):
        return turn.refuse_other("pegawai")
    person = turn.view.roster.person(int(draft.answers["orang"]))
    if person is None:
        return turn.refuse("orang_tak_dikenal", {"nilai": ""})
    is_proxied = not person.is_proxied
    turn.changes.append(MarkProxied(person.id, is_proxied))
    turn.record("ProxyMarked", of=person.id, is_proxied=is_proxied)
    words = {"nama": person.nama, "ditandai": is_proxied, "saat": turn.at.isoformat()}
    turn.done = Line("dicatatkan", words)
    if person.is_bound and person != turn.actor:
        posts = titles(turn.view.roster.posts(person.id, turn.day))
        turn.speech.tell(person, "boleh_dicatat", {"ditandai": is_proxied, "jabatan": posts[:3]})
    return None


PROXYING = Dialog("dicatatkan", {"orang": _ask_person}, _finish)
