"""Dialogs: the next question and the meaning of an answer, derived from a draft.

The draft row is the whole state: `answers` holds the answers and, by names with an underscore,
what is picked on the present page, the moment that has passed (`_usang`), or where the former
questions stand (`_pesan`).
"""

from collections.abc import Callable
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from flows.dialogs.answer_history import HISTORY, taken_back, with_change, without_history
from flows.dialogs.asked_message import ASKED, asked_in, leave_behind, leave_task, restore
from flows.dialogs.choice_rows import choice_rows, draft_button, picked_in
from flows.dialogs.interrupted import pause
from flows.dialogs.question import Answers, Dialog, Question
from flows.model.addresses import is_answer
from flows.model.changes import Decision
from flows.model.commands import Sent
from flows.model.conversation import Draft
from flows.model.messages import Button, Card, Line, Rows
from flows.model.perintah import Tugas
from flows.text.plain import clean_text
from flows.text.words import codes_named, codes_picked, is_sentence, plain_words, same_words
from flows.turn.cards import is_shared
from flows.turn.command import Run, without_words
from flows.turn.turn import Press, Turn

PASSING = ("_tanya", "_pilih", "_hal", "_ubah", "_usang", "_baru", "_album")
# More than a person can give; a revision has nine digits at most, enough for three years.
ANSWERS_A_SECOND, REVISIONS = 10, 900_000_000
LEAVING, BACK = "batal", "kembali"


def start(
    turn: Turn, dialog: Dialog, about: str = "", answers: Answers | None = None
) -> Decision | None:
    """Replaces any draft by a new one and asks its first question."""
    return not_entitled(turn, dialog) or proceed(
        turn, dialog, new_draft(turn, dialog, about, answers)
    )


def opening(dialog: Dialog) -> Run:
    """A command that starts the dialog for whoever has the capability it needs."""

    def begin(turn: Turn, rest: str) -> Decision | None:
        return not_entitled(turn, dialog) or without_words(turn, rest) or start(turn, dialog)

    return begin


def not_entitled(turn: Turn, dialog: Dialog) -> Decision | None:
    """The refusal of a dialog to a post without the capability it needs."""
    if not dialog.needs or turn.authority.may(dialog.needs):
        return None
    return turn.refuse_other(dialog.needs)


def ask_again(
    turn: Turn, dialog: Dialog, draft: Draft, passed: datetime, *without: str
) -> Decision | None:
    """Starts a new draft without the answers named, because the moment `passed` is over."""
    kept = {k: v for k, v in draft.answers.items() if not k.startswith("_") and k not in without}
    return start(turn, dialog, draft.about, {**kept, "_usang": passed.isoformat()})


def new_draft(
    turn: Turn, dialog: Dialog, about: str = "", answers: Answers | None = None
) -> Draft:
    """Revisions start above those of the person's former dialogs: a button left in the chat by
    one of them must not answer this one."""
    pause(turn)
    first = int(turn.now.timestamp()) * ANSWERS_A_SECOND % REVISIONS
    former = [old.revision for old in (turn.view.draft, *turn.paused) if old is not None]
    return Draft(
        person_id=turn.speaker.id,
        dialog=dialog.name,
        about=about,
        slot="",
        started_at=turn.at,
        answers=dict(answers or {}),
        revision=max(first, 1, *(revision + 1 for revision in former)),
    )


def proceed(
    turn: Turn, dialog: Dialog, draft: Draft, line: Line | None = None, slot: str = ""
) -> Decision | None:
    """Asks the next open question, else shows the summary, else acts; `line` comes first. With
    `slot` the message that stands there is edited also where words or a file are answered."""
    turn.set_draft(draft)
    question = current(turn, dialog, draft.answers)
    if question is None and dialog.summary is None:
        return _act(turn, dialog, draft)
    if question is not None:
        rows = _question_rows(turn, dialog, draft, question)
        key, args = question.text, {**question.args}
    else:
        assert dialog.summary is not None
        card = dialog.summary(turn, draft.answers)
        rows, key, args = _summary_rows(turn, dialog, draft, card), card.key, dict(card.args)
    if line is not None:
        args["selesai"] = {"key": line.key, "args": line.args}
    is_below = not draft.slot and _is_file_answer(turn)
    about = draft.about or draft.ref
    slot = turn.speech.answer(key, args, rows, about=about, is_below=is_below, slot=slot)
    former = leave_behind(turn, dialog, draft, slot)
    answers = {**draft.answers, **({ASKED: former} if former else {})}
    turn.set_draft(draft._replace(slot=slot, answers=answers))
    return None


def _is_file_answer(turn: Turn) -> bool:
    """Whether the button stands under an answer with a file, like the marked sheet: it is still
    needed with its words while the dialog goes on, so the question does not take its place."""
    pressed = turn.speech.pressed_slot
    return pressed is not None and pressed.has_file and is_answer(pressed.name)


def current(turn: Turn, dialog: Dialog, answers: Answers) -> Question | None:
    if (forced := answers.get("_tanya")) is not None:
        return dialog.questions[forced](turn, answers)
    for name, ask in dialog.questions.items():
        if name not in answers and (question := ask(turn, answers)) is not None:
            return question
    return None


def press(turn: Turn, dialog: Dialog, draft: Draft, verb: str) -> Decision | None:
    """Takes a press on a button of the draft's own message."""
    turn.is_answering = True
    question = current(turn, dialog, draft.answers)
    if verb == "batal":
        return leave(turn, dialog, draft, is_typed=False)
    if (refused := not_entitled(turn, dialog)) is not None:
        return refused
    if verb == "kirim":
        # A question may have come up since the summary was shown: it is asked then.
        return _act(turn, dialog, draft) if question is None else proceed(turn, dialog, draft)
    if verb == "ubah" and question is None:
        return proceed(turn, dialog, _noted(draft, _ubah=True))
    if verb == "balik":
        return proceed(turn, dialog, _back(dialog, draft) or draft)
    if verb.startswith("u") and verb[1:].isdecimal():
        return _edit(turn, dialog, draft, int(verb[1:]))
    if question is None:
        return turn.refuse_toast("tombol_lama")
    if verb.startswith("h") and verb[1:].isdecimal():
        return proceed(turn, dialog, _noted(draft, _hal=int(verb[1:])))
    if verb == "lanjut" and question.is_many:
        picked = list(picked_in(draft, question))
        if not picked:
            return turn.refuse_toast("tandai_dahulu")
        return answer(turn, dialog, draft, question, picked)
    if verb.startswith("j") and verb[1:].isdecimal():
        return _choose(turn, dialog, draft, question, int(verb[1:]))
    return turn.refuse_toast("tombol_lama")


def take_text(turn: Turn, dialog: Dialog, draft: Draft, text: str) -> Decision | None:
    """Takes words for the open question; the label of the leaving button is no answer."""
    turn.is_answering = True
    question = current(turn, dialog, draft.answers)
    text = clean_text(text)
    if plain_words(text) in (LEAVING, plain_words(dialog.leave_key)):
        return leave(turn, dialog, draft, is_typed=True)
    if (refused := not_entitled(turn, dialog)) is not None:
        return refused
    if plain_words(text) == BACK and (back := _back(dialog, draft)) is not None:
        return proceed(turn, dialog, back)
    instead = dialog.hear(turn, draft, text) if dialog.hear is not None else None
    if instead is not None:
        return instead()
    if question is None:
        return turn.refuse("tekan_tombol", {})
    if question.is_many:
        return _pick_by_words(turn, dialog, draft, question, text)
    matched = next((c for c in question.choices if same_words(c.label, text)), None)
    if matched is not None:
        return answer(turn, dialog, draft, question, matched.value)
    if not question.longest:
        return turn.refuse("tekan_tombol", {})
    if len(text) < question.shortest:
        return turn.refuse("terlalu_pendek", {"paling_sedikit": question.shortest})
    if len(text) > question.longest:
        return turn.refuse(
            "terlalu_panjang", {"paling_banyak": question.longest, "panjang": len(text)}
        )
    value = question.parse(text) if question.parse else text
    if value is None:
        why = question.explain(text) if question.explain else {}
        return turn.refuse(question.wrong, {**question.args, "nilai": text[:60], **why})
    return answer(turn, dialog, draft, question, value)


def take_file(turn: Turn, dialog: Dialog, draft: Draft, sent: Sent) -> Decision | None:
    turn.is_answering = True
    question = current(turn, dialog, draft.answers)
    if question is None or not question.takes_file:
        return _add(turn, dialog, draft, sent)
    if question.read_file is not None:
        read = question.read_file(sent)
        if isinstance(read, Decision):
            return read
        return answer(turn, dialog, draft, question, read)
    value = {"sha256": sent.sha256, "nama": sent.name, "teks": clean_text(sent.caption)}
    return answer(turn, dialog, draft, question, value)


def _add(turn: Turn, dialog: Dialog, draft: Draft, sent: Sent) -> Decision | None:
    """Takes a file beside the answers given, where the dialog has a use for it."""
    before = {k: v for k, v in draft.answers.items() if k not in PASSING}
    added = dialog.add_file(turn, before, sent) if dialog.add_file is not None else None
    if added is None:
        return turn.refuse("berkas_tak_diminta", {"nama": sent.name})
    if isinstance(added, Decision):
        return added
    answers = with_change(before, added) if dialog.goes_back else added
    return proceed(turn, dialog, draft._replace(answers=answers, revision=draft.revision + 1))


def answer(
    turn: Turn, dialog: Dialog, draft: Draft, question: Question, value: Any
) -> Decision | None:
    before = {k: v for k, v in draft.answers.items() if k not in PASSING}
    answers = {**without_history(before), question.name: value}
    if dialog.settle is not None:
        answers = dialog.settle(turn, answers, question.name)
    other = dialog.divert(turn, answers) if dialog.divert is not None else None
    if other is not None:
        return other()
    if dialog.goes_back:
        answers = with_change(before, answers)
    return proceed(turn, dialog, draft._replace(answers=answers, revision=draft.revision + 1))


def leave(turn: Turn, dialog: Dialog, draft: Draft, *, is_typed: bool) -> Decision | None:
    """Discards the draft; the tugas or perintah it is about is not changed.

    The message that asked is again what it was before; of a task message, its present state.
    """
    turn.set_draft(None)
    turn.answered += asked_in(turn.view.draft)
    tugas = turn.view.tugas
    is_his = tugas is not None and tugas.is_open and turn.may_act(tugas)
    if dialog.leave is not None:
        dialog.leave(turn, draft)
    elif tugas is not None and is_his and not is_shared(turn, tugas):
        leave_task(turn, tugas, draft, is_typed=is_typed)
    elif is_typed:
        turn.speech.answer("dibatalkan", {})
    else:
        restore(turn, draft, Card("dibatalkan"))
    return None


def _act(turn: Turn, dialog: Dialog, draft: Draft) -> Decision | None:
    turn.set_draft(None)
    turn.answered += asked_in(turn.view.draft)
    return dialog.finish(turn, draft)


def _choose(
    turn: Turn, dialog: Dialog, draft: Draft, question: Question, index: int
) -> Decision | None:
    if index >= len(question.choices):
        return turn.refuse_toast("tombol_lama")
    value = question.choices[index].value
    if not question.is_many:
        return answer(turn, dialog, draft, question, value)
    chosen = {*picked_in(draft, question)} ^ {value}
    ordered = [c.value for c in question.choices if c.value in chosen]
    return proceed(turn, dialog, _noted(draft, _pilih=ordered))


def _pick_by_words(
    turn: Turn, dialog: Dialog, draft: Draft, question: Question, text: str
) -> Decision | None:
    known = tuple(str(c.value) for c in question.choices)
    found, unknown = codes_picked(text, known)
    if unknown and is_sentence(text, known):
        codes = tuple(code for code in known if any(map(str.isalpha, code)))
        example = (codes_named(text, codes) or codes)[:2]
        return turn.refuse("kode_diminta", {"nilai": text[:60], "contoh": example})
    if not found:
        nearest = get_close_matches(unknown[0] if unknown else text.upper(), known, n=1, cutoff=0)
        said = unknown[0] if unknown else text[:40]
        return turn.refuse(
            "kode_tak_dikenal", {"nilai": said, "terdekat": nearest[0] if nearest else ""}
        )
    # Words add to what has been ticked; they replace what was ticked beforehand.
    before = () if question.preset else picked_in(draft, question)
    picked = [*before, *(code for code in found if code not in before)]
    if unknown:
        line = Line("sebagian_ditandai", {"nilai": unknown, "ditandai": found})
        return proceed(turn, dialog, _noted(draft, _pilih=picked), line)
    return answer(turn, dialog, draft, question, picked)


def _edit(turn: Turn, dialog: Dialog, draft: Draft, index: int) -> Decision | None:
    if index >= len(dialog.editable) or not _is_asked(turn, dialog, draft, dialog.editable[index]):
        return turn.refuse_toast("tombol_lama")
    return proceed(turn, dialog, _noted(draft, _ubah=None, _tanya=dialog.editable[index]))


def _is_asked(turn: Turn, dialog: Dialog, draft: Draft, name: str) -> bool:
    return dialog.questions[name](turn, {**draft.answers, "_tanya": name}) is not None


def _back(dialog: Dialog, draft: Draft) -> Draft | None:
    """Leaves "Ubah isian", else takes the last answer back; None where there is nothing to."""
    if draft.answers.get("_tanya") or draft.answers.get("_ubah"):
        return _noted(draft, _tanya=None, _pilih=None, _hal=None, _ubah=None)
    if not _has_answer(dialog, draft):
        return None
    answers = {k: v for k, v in draft.answers.items() if k not in PASSING}
    return draft._replace(answers=taken_back(answers), revision=draft.revision + 1)


def _has_answer(dialog: Dialog, draft: Draft) -> bool:
    return dialog.goes_back and bool(draft.answers.get(HISTORY))


def _noted(draft: Draft, **passing: Any) -> Draft:
    kept = {k: v for k, v in {**draft.answers, **passing}.items() if v is not None}
    return draft._replace(answers=kept, revision=draft.revision + 1)


def _question_rows(turn: Turn, dialog: Dialog, draft: Draft, question: Question) -> Rows:
    rows = choice_rows(draft, question)
    key = dialog.leave_key if question.choices else "batal"
    rows.extend((_back_button(dialog, draft), (draft_button(draft, key, "batal"),)))
    return tuple(row for row in rows if row)


def _summary_rows(turn: Turn, dialog: Dialog, draft: Draft, card: Card) -> Rows:
    if draft.answers.get("_ubah"):
        fields = tuple(
            draft_button(draft, f"isian_{name}", f"u{n}")
            for n, name in enumerate(dialog.editable)
            if _is_asked(turn, dialog, draft, name)
        )
        return (fields, _back_button(dialog, draft))
    act = draft_button(draft, dialog.act_key, "kirim", label=str(card.args.get("label", "")))
    change = (draft_button(draft, "ubah_isian", "ubah"),) if dialog.editable else ()
    leaving = (*_back_button(dialog, draft), draft_button(draft, "batal", "batal"))
    return ((act, *change), *card.rows, leaving)


def _back_button(dialog: Dialog, draft: Draft) -> tuple[Button, ...]:
    is_editing = draft.answers.get("_tanya") or draft.answers.get("_ubah")
    can_go = is_editing or _has_answer(dialog, draft)
    return (draft_button(draft, "kembali", "balik"),) if can_go else ()


def stale(turn: Turn, tugas: Tugas | None) -> Decision | None:
    """The refusal for a dialog whose tugas has ended meanwhile, else None."""
    if tugas is None or not tugas.is_open or not turn.may_act(tugas):
        return turn.refuse_changed()
    return None


def of_open_task(
    finish: Callable[[Turn, Tugas, Answers], Decision | None],
) -> Callable[[Turn, Draft], Decision | None]:
    """The finish of a dialog about a tugas, refused if that has ended meanwhile."""

    def finish_if_open(turn: Turn, draft: Draft) -> Decision | None:
        tugas = turn.view.tugas
        refused = stale(turn, tugas)
        return refused if refused or tugas is None else finish(turn, tugas, draft.answers)

    return finish_if_open


def opener(dialog: Dialog) -> Press:
    """The press that starts a dialog about the tugas pressed."""
    return lambda turn, tugas: start(turn, dialog, about=tugas.ref)
