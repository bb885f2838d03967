"""/catat: the operator records what an official without Telegram has done on paper."""

from flows.model.changes import Decision, KeepBerkas
from flows.model.conversation import Draft
from flows.model.messages import Button
from flows.model.perintah import DISPUTED, Tugas
from flows.staff import standing_in
from flows.staff.standing_in import absent_holder
from flows.turn.cards import act_button, card_of, person_args, return_button, task_args, task_line
from flows.turn.command import ChatCommand, able
from flows.turn.dialog import start
from flows.turn.question import Answers, Choice, Dialog, Question, fixed
from flows.turn.superiors import deciders, deciding_post
from flows.turn.turn import Turn, task_button

MOST_TASKS = 12
# These only read or continue a dialog; they are no acts to record.
LOOKING = ("lihat", "ganti")
BY_FILE = "berkas"


def begin(turn: Turn, rest: str) -> Decision | None:
    """Lists the open tasks of officials whom Telegram does not reach."""
    if not turn.authority.may("catat"):
        return turn.refuse_other("catat")
    found = [(t, p) for t in turn.view.open_tasks if (p := absent_holder(turn, t)) is not None]
    if not found:
        return turn.answer("tak_ada_dicatat", {})
    shown = found[:MOST_TASKS]
    lines = [{**task_line(turn, t), "pejabat": p.nama} for t, p in shown]
    rows = tuple((task_button(t, "tugas_ke", "catat", ke=n),) for n, (t, _) in enumerate(shown, 1))
    return turn.answer("pilih_catat", {"tugas": lines}, rows)


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
        return turn.refuse("tugas_berubah", {})
    if (refused := _problem(turn, tugas)) is not None:
        return refused
    sha256 = _keep_proof(turn, tugas, draft)
    begun = tugas._replace(recorded_by=turn.person.id)
    turn.perintah = turn.perintah.with_tugas(begun)
    turn.record("RecordBegun", begun, sha256=sha256)
    standing_in.begin(turn, begun)
    verb = str(draft.answers["tindakan"])
    if verb == BY_FILE:
        return turn.answer("catat_kirim_berkas", task_args(turn, begun), about=begun.ref)
    act = turn.kinds[turn.act(begun).kind].verbs.get(verb)
    return act(turn, begun) if act is not None else turn.refuse("tugas_berubah", {})


def _keep_proof(turn: Turn, tugas: Tugas, draft: Draft) -> str:
    proof = draft.answers["bukti"]
    sha256, name, code = str(proof["sha256"]), str(proof["nama"]), f"catat:{tugas.seq}"
    turn.changes.append(
        KeepBerkas(sha256, name, 0, tugas.perintah_id, tugas.unit, code, turn.person.id)
    )
    return sha256


def _finish_objection(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    if tugas is None or tugas.recorded_by is None:
        return turn.refuse("tugas_berubah", {})
    turn.perintah = turn.perintah.with_tugas(tugas._replace(hindrance=DISPUTED))
    turn.record("ActDisputed", tugas, recorder=tugas.recorded_by)
    args = {
        **task_args(turn, tugas),
        "pejabat": turn.person.nama,
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
                args,
                is_ring=True,
                unique=f"berat:{tugas.ref}:{turn.key}",
            )
    told = turn.office.labels([*([superior.role] if superior else ()), giver])
    return turn.answer("keberatan_dicatat", {**args, "penerima": told})


_ask_proof = fixed(Question("bukti", "tanya_bukti_catat", takes_file=True))
RECORDING = Dialog("catat", {"tindakan": _ask_act, "bukti": _ask_proof}, _finish)
_ask_objection = fixed(Question("alasan", "tanya_keberatan", shortest=10, longest=500))
DISPUTING = Dialog("keberatan", {"alasan": _ask_objection}, _finish_objection)
RECORD = ChatCommand("catat", begin, able("catat"))
