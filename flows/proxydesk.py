"""Whose acts the operator may write down although Telegram reaches him: the admin's mark."""

from flows.desk import titles
from flows.dialog import Answers, Choice, Dialog, Question, plain_words, start
from flows.people import MarkProxied, Person
from flows.turn import Line, Turn
from flows.view import Decision, Draft

NOT_HIS = {"berwenang": ["Admin Sistem"], "tindakan": "pegawai"}


def begin(turn: Turn, rest: str) -> Decision | None:
    if not _is_admin(turn):
        return turn.refuse("bukan_kewenangan", NOT_HIS)
    return start(turn, PROXYING)


def _is_admin(turn: Turn) -> bool:
    return turn.actor is not None and turn.actor.id in {p.id for p in turn.post_holders("admin")}


def _in_office(turn: Turn) -> tuple[Person, ...]:
    return tuple(p for p in turn.view.roster.people if turn.view.roster.posts(p.id, turn.day))


def _ask_person(turn: Turn, answers: Answers) -> Question | None:
    people = _in_office(turn)
    marked = [p.nama for p in people if p.is_proxied]
    return Question(
        "orang",
        "tanya_dicatatkan",
        {"ditandai": marked},
        tuple(Choice(p.id, label=p.nama.split(",")[0][:28]) for p in people),
        longest=120,
        parse=lambda text: _named(people, text),
        wrong="orang_tak_dikenal",
    )


def _named(people: tuple[Person, ...], text: str) -> int | None:
    wanted = plain_words(text)
    found = [p.id for p in people if wanted in plain_words(p.nama)]
    return found[0] if wanted and len(found) == 1 else None


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    if not _is_admin(turn):
        return turn.refuse("bukan_kewenangan", NOT_HIS)
    person = turn.view.roster.person(int(draft.answers["orang"]))
    if person is None:
        return turn.refuse("orang_tak_dikenal", {"nilai": ""})
    is_proxied = not person.is_proxied
    turn.changes.append(MarkProxied(person.id, is_proxied))
    turn.record("ProxyMarked", of=person.id, is_proxied=is_proxied)
    turn.done = Line("dicatatkan", {"nama": person.nama, "ditandai": is_proxied})
    if person.is_bound and person != turn.actor:
        posts = titles(turn.view.roster.posts(person.id, turn.day))
        turn.tell(person, "boleh_dicatat", {"ditandai": is_proxied, "jabatan": posts[:3]})
    return None


PROXYING = Dialog("dicatatkan", {"orang": _ask_person}, _finish)
