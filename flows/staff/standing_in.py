"""Acts of an operator in an official's name, while he records a tugas by /catat."""

from flows.model.addresses import is_slot, slot_name, to_person
from flows.model.commands import Pressed, Said, Sent
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.turn.cards import person_args, task_args
from flows.turn.turn import Turn, task_button

OWN_DIALOG = "catat"
OWN_VERBS = ("catat", "berat")
LEAVING = "batal"


def absent_holder(turn: Turn, tugas: Tugas) -> Person | None:
    """The first holder of the tugas if Telegram reaches none of them, else None."""
    holders = turn.authority.holders(tugas)
    if any(p.is_at_hand for p in holders):
        return None
    return next(iter(holders), None)


def begin(turn: Turn, tugas: Tugas) -> None:
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
        begin(turn, tugas)


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
    args = {
        **task_args(turn, current, official),
        "pejabat": official.nama,
        "saat": turn.at.isoformat(),
        "tindakan": label_of(turn, current),
        "hasil": current.outcome,
    }
    turn.done = None
    turn.speech.answer("selesai_dicatat", args)


def label_of(turn: Turn, tugas: Tugas) -> str:
    """The label of what was done; empty if the SOP has none and the text goes by the outcome."""
    act = turn.act(tugas)
    if tugas.outcome == "disanggah":
        return ""
    return (act.return_label if tugas.outcome == "dikembalikan" else act.label) or ""


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
    turn.speech.tell(
        official,
        "dicatat_operator",
        {
            **task_args(turn, tugas, official),
            "operator": person_args(turn, turn.person.id),
            "tindakan": label_of(turn, tugas),
            "hasil": tugas.outcome,
            "saat": turn.at.isoformat(),
            "sampai": turn.view.setting.calendar.due(
                tugas.finished_at or turn.now, turn.office.lewat_batas.keberatan
            ).isoformat(),
        },
        rows=((task_button(tugas, "keberatan", "berat"),),),
        about=tugas.ref,
        slot=slot_name("keberatan", tugas.ref, to_person(official.id)),
        unique=f"catat:{tugas.ref}:{tugas.revision}",
    )
