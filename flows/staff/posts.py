"""/pejabat: appointments to posts (dates, letter), entered and ended by the admin."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from flows.dialogs.dialog import opening
from flows.dialogs.moments import read_day_from, read_days_from, unreal_args
from flows.dialogs.question import Answers, Choice, Dialog, Question, after, fixed, summary_of
from flows.model.changes import Decision, EndPost, GivePost, WakeTasks
from flows.model.conversation import Draft
from flows.office.kantor import Office
from flows.office.people import ON_BEHALF, Jenis, Penugasan, Person, Post, Roster, by_mandate
from flows.staff.mandates import tell_begin, tell_end
from flows.text.plain import cut_words
from flows.text.words import plain_words
from flows.turn.cards import person_args
from flows.turn.command import ChatCommand, able, bare
from flows.turn.naming import held_title, is_by_name, post_title
from flows.turn.turn import Turn

OPEN_END = "-"
GIVE, END = "tetapkan", "akhiri"
LONGEST_LABEL = 48
WHAT = (Choice(GIVE, "tetapkan_pejabat"), Choice(END, "akhiri_penugasan"))


def clash(
    office: Office, roster: Roster, post: Post, jenis: Jenis, first: date, last: date | None
) -> Penugasan | None:
    """Who holds the post by the same Jenis on one of these days, if its limit is reached."""
    limit = office.role(post.role).limit
    if limit is None:
        return None
    held = [
        p
        for p in roster.penugasan
        if p.post == post
        and p.jenis == jenis
        and (p.mulai or date.min) <= (last or date.max)
        and first <= (p.selesai or date.max)
    ]
    return held[0] if len(held) >= limit else None


def _ask_role(turn: Turn, answers: Answers) -> Question | None:
    choices = tuple(Choice(key, label=role.label) for key, role in turn.office.roles.items())
    return Question("peran", "tanya_peran", choices=choices)


def _ask_unit(turn: Turn, answers: Answers) -> Question | None:
    role = answers.get("peran")
    if role is None or not turn.office.is_per_unit(str(role)):
        return None
    special = turn.office.role(str(role)).special
    units = (kode for kode in turn.office.unit_codes if kode not in special)
    return Question("unit", "tanya_unit_pejabat", choices=tuple(Choice(u, label=u) for u in units))


def _ask_person(turn: Turn, answers: Answers) -> Question | None:
    return whom("tanya_orang", turn.view.roster.people)


def whom(text: str, people: Sequence[Person], **args: Any) -> Question:
    """The person meant by a button or by a part of a name that fits only one."""
    return Question(
        "orang",
        text,
        args,
        tuple(Choice(p.id, label=cut_words(p.nama.split(",")[0], 28)) for p in people),
        longest=120,
        parse=lambda words: _named(people, words),
        wrong="orang_tak_dikenal",
    )


def _named(people: Sequence[Person], text: str) -> int | None:
    wanted = plain_words(text)
    found = [p.id for p in people if wanted in plain_words(p.nama)]
    return found[0] if wanted and len(found) == 1 else None


def _ask_jenis(turn: Turn, answers: Answers) -> Question | None:
    may_stand_for = _is_right_below(turn, answers)
    choices = (
        Choice("Plh", label="Plh."),
        Choice("Plt", label="Plt."),
        Choice("definitif", label="Definitif"),
        *((Choice(ON_BEHALF, label="a.n."),) if may_stand_for else ()),
    )
    return Question("jenis", "tanya_jenis", {"atas_nama": may_stand_for}, choices)


def _is_right_below(turn: Turn, answers: Answers) -> bool:
    """Whether the person holds a post directly below; only such a one may sign a.n. its holder."""
    wanted = _post(turn, answers)
    posts = turn.view.roster.posts(int(answers["orang"]), turn.day) if "orang" in answers else ()
    return wanted.unit is None and any(
        p.jenis == "definitif" and turn.office.superior(p.post) == wanted for p in posts
    )


def _ask_held(turn: Turn, answers: Answers) -> Question | None:
    held = [p for p in turn.view.roster.penugasan if p.selesai is None or p.selesai >= turn.day]
    choices = tuple(Choice(p.id, label=_held_label(turn, p)) for p in held)
    return Question("penugasan", "tanya_penugasan", choices=choices)


def _held_label(turn: Turn, held: Penugasan) -> str:
    person = turn.view.roster.person(held.person_id)
    # Who is called by his name may hold two such roles with one title.
    role = f"{turn.office.role(held.role).label} {held.unit or ''}".strip()
    by_role = is_by_name(turn, held.post)
    title = by_mandate(held.jenis, role if by_role else held_title(turn, held))
    return cut_words(f"{person.nama.split(',')[0] if person else ''}: {title}", LONGEST_LABEL)


def _ask_first(turn: Turn, answers: Answers) -> Question | None:
    today = Choice(turn.day.isoformat(), "mulai_hari_ini")
    first, last = (turn.day + timedelta(days=days) for days in (1, 3))
    return Question(
        "mulai",
        "tanya_mulai",
        {"contoh": first.isoformat(), "akhir": last.isoformat()},
        choices=(today,),
        longest=40,
        parse=lambda text: read_days_from(turn.day, text, turn.day),
        wrong="tanggal_keliru",
        explain=partial(unreal_args, turn),
    )


def _settle(turn: Turn, answers: dict[str, Any], name: str) -> dict[str, Any]:
    """A range given as the first day holds the last one, too."""
    first, _, last = str(answers[name]).partition("/") if name == "mulai" else ("", "", "")
    return {**answers, "mulai": first, "selesai": last} if last else answers


def _ask_last(turn: Turn, answers: Answers) -> Question | None:
    """Asks for the last day: a Plh needs one, other posts may have an open end."""
    is_ending = answers.get("apa") == END
    choices = (Choice(turn.day.isoformat(), "sampai_hari_ini"),) if is_ending else ()
    if not is_ending and answers.get("jenis") != "Plh":
        choices = (Choice(OPEN_END, "belum_ditentukan"),)
    first = date.fromisoformat(str(answers.get("mulai", turn.day.isoformat())))
    return Question(
        "selesai",
        "tanya_selesai",
        {"mulai": first.isoformat()},
        choices,
        longest=40,
        parse=lambda text: read_day_from(first, text, turn.day),
        wrong="selesai_sebelum_mulai",
        explain=partial(unreal_args, turn),
    )


def _ask_letter(turn: Turn, answers: Answers) -> Question | None:
    may_skip = answers.get("jenis") == "definitif"
    choices = (Choice("", "lewati"),) if may_skip else ()
    return Question("surat", "tanya_surat", choices=choices, shortest=8, longest=200)


def _args(turn: Turn, answers: Answers) -> dict[str, Any]:
    is_ending = answers["apa"] == END
    held = _held(turn, answers) if is_ending else None
    person_id = held.person_id if held else int(answers["orang"])
    last = str(answers["selesai"])
    before = None if is_ending else _before(turn, answers)
    return {
        **person_args(turn, person_id),
        "akhiri": is_ending,
        "jenis": held.jenis if held else str(answers["jenis"]),
        "jabatan": held_title(turn, held) if held else post_title(turn, _post(turn, answers)),
        "unit": held.unit if held else answers.get("unit"),
        "mulai": None if is_ending else str(answers["mulai"]),
        "berakhir": None if last == OPEN_END else last,
        "surat": "" if is_ending else str(answers["surat"]),
        "sebelumnya": person_args(turn, before.person_id)["nama"] if before else "",
    }


def _held(turn: Turn, answers: Answers) -> Penugasan | None:
    wanted = int(answers.get("penugasan", 0))
    return next((p for p in turn.view.roster.penugasan if p.id == wanted), None)


def _before(turn: Turn, answers: Answers) -> Penugasan | None:
    """The definitif holder whose post ends if another person is appointed definitif."""
    if answers["jenis"] != "definitif":
        return None
    first = date.fromisoformat(str(answers["mulai"]))
    post = _post(turn, answers)
    found = clash(turn.office, turn.view.roster, post, "definitif", first, None)
    return found if found and (found.mulai is None or found.mulai < first) else None


def _post(turn: Turn, answers: Answers) -> Post:
    unit = answers.get("unit")
    return Post(str(answers["peran"]), str(unit) if unit else None)


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    answers = draft.answers
    args = _args(turn, answers)
    if answers["apa"] == END:
        return _end(turn, answers, args)
    first = date.fromisoformat(str(answers["mulai"]))
    last = None if answers["selesai"] == OPEN_END else date.fromisoformat(str(answers["selesai"]))
    jenis: Jenis = answers["jenis"]
    post, before = _post(turn, answers), _before(turn, answers)
    found = clash(turn.office, turn.view.roster, post, jenis, first, last)
    if found is not None and found != before:
        holder = person_args(turn, found.person_id)
        return turn.refuse("dua_pemegang", {**args, "pemegang": holder["nama"]})
    if before is not None:
        turn.changes.append(EndPost(before.id, first - timedelta(days=1)))
    person_id = int(answers["orang"])
    jabatan, letter = args["jabatan"], args["surat"]
    turn.changes.append(
        GivePost(person_id, post.role, post.unit, jabatan, jenis, first, last, letter)
    )
    turn.record("PostGiven", person=person_id, role=post.role, unit=post.unit, jenis=jenis)
    if first <= turn.day:
        turn.changes.append(WakeTasks())
        given = Penugasan(0, person_id, post.role, post.unit, jabatan, jenis, first, last, letter)
        tell_begin(turn, given)
    return turn.close("pejabat_ditetapkan", {**args, "saat": turn.at.isoformat()})


def _end(turn: Turn, answers: Answers, args: dict[str, Any]) -> Decision | None:
    held = _held(turn, answers)
    if held is None:
        return turn.refuse_changed()
    last = date.fromisoformat(str(answers["selesai"]))
    turn.changes.append(EndPost(held.id, last))
    turn.record("PostEnded", post=held.id)
    if last <= turn.day:
        tell_end(turn, replace(held, selesai=last))
    return turn.close("pejabat_ditetapkan", {**args, "saat": turn.at.isoformat()})


POSTING = Dialog(
    name="pejabat",
    questions={
        "apa": fixed(Question("apa", "tanya_pejabat", choices=WHAT)),
        "peran": after("apa", GIVE, ask=_ask_role),
        "unit": _ask_unit,
        "orang": after("apa", GIVE, ask=_ask_person),
        "jenis": after("apa", GIVE, ask=_ask_jenis),
        "penugasan": after("apa", END, ask=_ask_held),
        "mulai": after("apa", GIVE, ask=_ask_first),
        "selesai": _ask_last,
        "surat": after("apa", GIVE, ask=_ask_letter),
    },
    summary=summary_of("ringkasan_pejabat", _args),
    finish=_finish,
    act_key="simpan",
    goes_back=True,
    needs="pejabat",
    settle=_settle,
)
POSTS = ChatCommand("pejabat", opening(POSTING), able("pejabat"), example=bare, is_ability=True)
