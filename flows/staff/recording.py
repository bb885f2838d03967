"""/catat: the operator records what an official has done on paper, and acts in his name.

An official is recorded for if he has no Telegram, or if the admin has marked him so.
"""

from typing import Any

from flows.dialogs.dialog import opening, start
from flows.dialogs.proofs import asking
from flows.dialogs.question import Answers, Choice, Dialog, Question, fixed
from flows.enquiries.my_tasks import titles
from flows.model.addresses import is_slot, slot_name, to_person
from flows.model.changes import Decision
from flows.model.commands import Pressed, Said, Sent
from flows.model.conversation import Draft
from flows.model.messages import Button
from flows.model.perintah import DISPUTED, Tugas
from flows.office.people import MarkProxied, Person, Post
from flows.staff.posts import whom
from flows.turn.cards import (
    act_button,
    card_of,
    person_args,
    post_name,
    return_button,
    task_args,
    task_line,
)
from flows.turn.command import ChatCommand, able
from flows.turn.listing import Listed
from flows.turn.superiors import deciders, deciding_post
from flows.turn.turn import Turn, task_button
from flows.turn.undo_window import ASKED, RETURNED

# These only read or continue a dialog; they are no acts to record.
LOOKING = ("lihat", "ganti")
BY_FILE = "berkas"
OWN_DIALOG, OWN_VERBS = "catat", ("catat", "berat")
LEAVING = "batal"


def begin(turn: Turn, rest: str, page: int = 0) -> Decision | None:
    """Lists the open tasks of officials whom Telegram does not reach."""
    if not turn.authority.may("catat"):
        return turn.refuse_other("catat")
    found = [(t, p) for t in turn.view.open_tasks if (p := absent_holder(turn, t)) is not None]
    if not found:
        return turn.answer("tak_ada_dicatat", {})
    listed = Listed(found, page)
    lines = [{**task_line(turn, t), "pejabat": p.nama} for t, p in listed.shown]
    rows = tuple((task_button(t, "tugas_ke", "catat", ke=n),) for n, (t, _) in listed.numbered())
    args = {"tugas": lines, "mulai": listed.first}
    return turn.answer("pilih_catat", args, (*rows, *listed.turning(RECORD.name)))


def open_record(turn: Turn, tugas: Tugas) -> Decision | None:
    return _problem(turn, tugas) or start(turn, RECORDING, about=tugas.ref)


def dispute(turn: Turn, tugas: Tugas) -> Decision | None:
    """Keberatan of the official himself, within the limit of kantor.yaml (`keberatan`)."""
    if turn.actor is None or tugas.finished_by != turn.actor.id or tugas.recorded_by is None:
        return turn.refuse_toast("bukan_kewenangan")
    done = tugas.finished_at or turn.now
    if turn.view.setting.calendar.used(done, turn.now) > turn.office.lewat_batas.keberatan:
        return turn.refuse_toast("keberatan_lewat")
    return start(turn, DISPUTING, about=tugas.ref)


def _problem(turn: Turn, tugas: Tugas) -> Decision | None:
    if not turn.authority.may("catat"):
        return turn.refuse_toast("bukan_kewenangan")
    if not tugas.is_open:
        return turn.refuse_toast("tombol_lama")
    if absent_holder(turn, tugas) is None:
        return turn.refuse("pejabat_bertelegram", task_args(turn, tugas))
    return None


def _acts(turn: Turn, tugas: Tugas) -> tuple[Button, ...]:
    """Buttons that the official could press himself; of a shared message only this unit's."""
    official = absent_holder(turn, tugas) or turn.person
    kind = turn.kinds[turn.act(tugas).kind]
    card = card_of(turn, tugas, official)
    if card.slot:
        return (act_button(turn, tugas), *return_button(turn, tugas))
    buttons = (b for row in card.rows for b in row)
    return tuple(b for b in buttons if b.verb in kind.verbs and b.verb not in LOOKING)


def _ask_act(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    if tugas is None:
        return None
    holder = absent_holder(turn, tugas)
    choices = [
        Choice(b.verb, "" if b.label else b.key, label=b.label, args=b.args)
        for b in _acts(turn, tugas)
    ]
    if turn.kinds[turn.act(tugas).kind].take_file is not None:
        choices.insert(0, Choice(BY_FILE, "catat_berkas"))
    words = {**task_args(turn, tugas), "pejabat": holder.nama if holder else ""}
    return Question("tindakan", "tanya_catat", words, tuple(choices))


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    """Stores the proof; then the operator does the act as the official would."""
    tugas = turn.view.tugas
    if tugas is None:
        return turn.refuse_changed()
    if (refused := _problem(turn, tugas)) is not None:
        return refused
    proof = draft.answers["bukti"]
    sha256, name = str(proof["sha256"]), str(proof["nama"])
    turn.keep_file(tugas, sha256, name, code=f"catat:{tugas.seq}")
    begun = tugas._replace(recorded_by=turn.person.id)
    turn.perintah = turn.perintah.with_tugas(begun)
    turn.record("RecordBegun", begun, sha256=sha256)
    stand_in(turn, begun)
    verb = str(draft.answers["tindakan"])
    if verb == BY_FILE:
        return turn.answer("catat_kirim_berkas", task_args(turn, begun), about=begun.ref)
    act = turn.kinds[turn.act(begun).kind].verbs.get(verb)
    return act(turn, begun) if act is not None else turn.refuse_changed()


def _finish_objection(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    if tugas is None or tugas.recorded_by is None:
        return turn.refuse_changed()
    turn.perintah = turn.perintah.with_tugas(tugas._replace(hindrance=DISPUTED))
    turn.record("ActDisputed", tugas, recorder=tugas.recorded_by)
    args = {
        **task_args(turn, tugas),
        "pejabat": turn.person.nama,
        "pemegang": post_name(turn, tugas, turn.person),
        "operator": person_args(turn, tugas.recorded_by),
        "alasan": str(draft.answers["alasan"]),
        "saat": turn.at.isoformat(),
    }
    superior, giver = deciding_post(turn, tugas), turn.sop.first.performer
    above = (*deciders(turn, tugas), *turn.authority.post_holders(giver))
    for reader in dict.fromkeys((*above, *turn.authority.people_with("catat"))):
        if reader.id != turn.person.id:
            turn.speech.tell(
                reader,
                "keberatan_diajukan",
                {**args, "sapaan": reader.sapaan, "sendiri": reader.id == tugas.recorded_by},
                is_ring=True,
                unique=f"berat:{tugas.ref}:{turn.key}",
            )
    return turn.answer("keberatan_dicatat", {**args, "penerima": _told(turn, superior, giver)})


def _told(turn: Turn, superior: Post | None, giver: str) -> list[str]:
    """The labels of those above who read the objection; of the operators if there is nobody."""
    above = (*([superior] if superior else ()), Post(giver))
    labels = turn.office.labels(post.role for post in above if _is_read_at(turn, post))
    recorders = (role for role in turn.office.roles_that("catat") if _is_read_at(turn, Post(role)))
    return labels or turn.office.labels(recorders)


def _is_read_at(turn: Turn, post: Post) -> bool:
    return any(person.id != turn.person.id for person in turn.authority.people_of(post))


def absent_holder(turn: Turn, tugas: Tugas) -> Person | None:
    """The first holder of the tugas if Telegram reaches none of them, else None."""
    holders = turn.authority.holders(tugas)
    if any(p.is_at_hand for p in holders):
        return None
    return next(iter(holders), None)


def stand_in(turn: Turn, tugas: Tugas) -> None:
    """Makes the official the actor and the operator the recorder. Both posts are checked at each
    command: either may have changed since the recording began."""
    official = absent_holder(turn, tugas)
    if official is not None and turn.authority.may("catat"):
        turn.act_for(official)


def resume(turn: Turn) -> None:
    """Continues a recording if the press, words or file belong to it."""
    tugas = turn.view.tugas
    if tugas is None or not tugas.is_open or turn.actor is None:
        return
    if tugas.recorded_by == turn.actor.id and _goes_on(turn, tugas):
        stand_in(turn, tugas)


def conclude(turn: Turn) -> None:
    """Makes the operator the actor again and tells the official of a finished act."""
    if turn.recorder is None or turn.actor is None:
        return
    official, tugas = turn.actor, turn.view.tugas
    current = turn.perintah.task(tugas.ref) if tugas and turn.work else None
    turn.act_for_himself()
    turn.speech.out = [o for o in turn.speech.out if not is_slot(getattr(o, "slot", ""), "papan")]
    if current is None or current.is_open:
        return
    turn.record("ActRecorded", current, official=official.id)
    _tell_official(turn, current, official)
    turn.done = None
    args = {**_done_args(turn, current, official), "pejabat": official.nama}
    turn.speech.answer("selesai_dicatat", args)


def _done_args(turn: Turn, tugas: Tugas, official: Person) -> dict[str, Any]:
    saat, words = turn.at.isoformat(), label_of(turn, tugas)
    act = {"saat": saat, "tindakan": words, "hasil": tugas.outcome}
    return {**task_args(turn, tugas, official), **act}


def label_of(turn: Turn, tugas: Tugas) -> str:
    """The label of what was done; empty if the SOP has none and the text goes by the outcome."""
    act = turn.act(tugas)
    if tugas.outcome in ("disanggah", ASKED):
        return ""
    return (act.return_label if tugas.outcome == RETURNED else act.label) or ""


def _goes_on(turn: Turn, tugas: Tugas) -> bool:
    """Whether the command continues the recording; the operator's own dialogs do not."""
    draft = turn.view.draft
    is_asked = draft is not None and draft.about == tugas.ref and draft.dialog != OWN_DIALOG
    match turn.command:
        case Pressed(verb=verb, ref=ref):
            is_his = draft is not None and ref.text == draft.ref
            return is_asked if is_his else ref.text == tugas.ref and verb not in OWN_VERBS
        case Said(command=name) if name:
            return is_asked and name == LEAVING
        case Said() | Sent():
            return draft is None or is_asked
    return False


def _tell_official(turn: Turn, tugas: Tugas, official: Person) -> None:
    """M32; the message is kept until the official registers in Telegram."""
    done, minutes = tugas.finished_at or turn.now, turn.office.lewat_batas.keberatan
    until = turn.view.setting.calendar.due(done, minutes).isoformat()
    operator = person_args(turn, turn.person.id)
    turn.speech.tell(
        official,
        "dicatat_operator",
        {**_done_args(turn, tugas, official), "operator": operator, "sampai": until},
        rows=((task_button(tugas, "keberatan", "berat"),),),
        about=tugas.ref,
        slot=slot_name("keberatan", tugas.ref, to_person(official.id)),
        unique=f"catat:{tugas.ref}:{tugas.revision}",
    )


def _ask_person(turn: Turn, answers: Answers) -> Question | None:
    roster = turn.view.roster
    people = tuple(p for p in roster.people if roster.posts(p.id, turn.day))
    return whom("tanya_dicatatkan", people, ditandai=[p.nama for p in people if p.is_proxied])


def _finish_marking(turn: Turn, draft: Draft) -> Decision | None:
    person = turn.view.roster.person(int(draft.answers["orang"]))
    if person is None:
        return turn.refuse("orang_tak_dikenal", {"nilai": ""})
    is_proxied = not person.is_proxied
    turn.changes.append(MarkProxied(person.id, is_proxied))
    turn.record("ProxyMarked", of=person.id, is_proxied=is_proxied)
    words = {"nama": person.nama, "ditandai": is_proxied, "saat": turn.at.isoformat()}
    if person.is_bound and person != turn.actor:
        posts = titles(turn.view.roster.posts(person.id, turn.day))
        told = {"ditandai": is_proxied, "jabatan": posts, "sapaan": person.sapaan}
        turn.speech.tell(person, "boleh_dicatat", told)
    return turn.close("dicatatkan", words)


PROXYING = Dialog("dicatatkan", {"orang": _ask_person}, _finish_marking, needs="pegawai")
begin_marking = opening(PROXYING)
_ask_proof = asking("bukti", "tanya_bukti_catat")
RECORDING = Dialog("catat", {"tindakan": _ask_act, "bukti": _ask_proof}, _finish, goes_back=True)
_ask_objection = fixed(Question("alasan", "tanya_keberatan", shortest=10, longest=500))
DISPUTING = Dialog("keberatan", {"alasan": _ask_objection}, _finish_objection)


def _example(turn: Turn) -> str | None:
    is_any = any(absent_holder(turn, tugas) is not None for tugas in turn.view.open_tasks)
    return "" if is_any else None


RECORD = ChatCommand("catat", begin, able("catat"), page=begin, example=_example, is_ability=True)
