"""/status and /rekap: progress and result of a perintah."""

from collections.abc import Sequence
from functools import partial

from flows.deadlines.escalation import may_remind_all
from flows.dialogs.moments import read_period, without_period
from flows.enquiries import documents
from flows.enquiries.my_tasks import is_numbered, number_to_type
from flows.model.board import where_units_stand
from flows.model.changes import Decision
from flows.model.messages import Rows
from flows.model.perintah import Perintah, Tugas
from flows.model.view import Head
from flows.papers import sop_approval
from flows.papers.filing import files
from flows.papers.pictures import capaian_picture, stands_since, status_picture
from flows.text.plain import cut_words
from flows.turn.cards import task_args
from flows.turn.command import (
    Audience,
    ChatCommand,
    Example,
    Show,
    Wording,
    bare,
    everybody,
    no_example,
)
from flows.turn.listing import Listed
from flows.turn.turn import Turn, button

APPROVE = "sahkan"


def shows(
    name: str,
    show: Show,
    seen_by: Audience = everybody,
    example: Example = no_example,
    variant: Wording | None = None,
) -> ChatCommand:
    """Makes a command that shows one perintah, by its number or a button."""

    def run(turn: Turn, number: str) -> Decision | None:
        return _choose(turn, number, name, show)

    page = partial(_list, name)
    return ChatCommand(name, run, seen_by, show, page=page, example=example, variant=variant)


def _newest(turn: Turn) -> str | None:
    head = next(iter(turn.view.heads), None)
    return number_to_type(turn, head) if head is not None else None


def _with_rekap(turn: Turn) -> str | None:
    head = next((h for h in turn.view.heads if h.rekap), None)
    return number_to_type(turn, head) if head is not None else None


def _choose(turn: Turn, number: str, name: str, show: Show) -> Decision | None:
    """Shows the only running perintah, else a button for each."""
    heads, strange, told = _meant(turn, number)
    if number and not heads and turn.work is not None and is_numbered(turn.work, number):
        return _stopped(turn)
    if number and not heads:
        known = [h.nomor for h in turn.view.heads]
        return turn.refuse("nomor_tak_ada", {"nomor": number, "ada": known})
    if strange:
        words = {"kata": strange, "perintah": name, "dipahami": [h.nomor for h in heads[:3]]}
        return turn.refuse("kata_tak_dipahami", words, _offered(turn, name, heads, told, 0))
    running = [h for h in heads if h.status in ("berjalan", "menunggu")]
    candidates = running if len(running) == 1 else heads
    if len(candidates) == 1 and turn.work is not None and turn.work.id == candidates[0].id:
        return show(turn)
    return _list(name, turn, told, 0)


def _stopped(turn: Turn) -> Decision:
    """Only a stopped order is among no heads and has a number all the same."""
    perintah = turn.perintah
    args = {
        "nomor": perintah.nomor,
        "sop": turn.sop.name,
        "periode": perintah.period.label,
        "saat": (perintah.finished_at or turn.now).isoformat(),
        "alasan": perintah.stop_reason,
    }
    return turn.refuse("perintah_sudah_dihentikan", args)


def _list(name: str, turn: Turn, number: str, page: int) -> Decision | None:
    """A button for each perintah, the newest first: all, or those that the words mean."""
    heads, _, told = _meant(turn, number)
    if not heads:
        return turn.answer("belum_ada_perintah", {})
    return turn.answer(f"pilih_{name}", {}, _offered(turn, name, heads, told, page))


def _offered(turn: Turn, name: str, heads: Sequence[Head], told: str, page: int) -> Rows:
    listed, book = Listed(heads, page), turn.view.setting.book
    labels = {h.id: cut_words(f"{h.nomor} {book.newest(h.sop).name}", 40) for h in listed.shown}
    rows = tuple(
        (button("pilih_perintah", name, h.ref, label=labels[h.id]),) for h in listed.shown
    )
    return (*rows, *listed.turning(name, told))


def _meant(turn: Turn, words: str) -> tuple[tuple[Head, ...], list[str], str]:
    """The perintah that number, period and SOP in the words mean; the words that mean none; and
    those understood, for the buttons that turn pages. Without words all."""
    heads = turn.view.heads
    if not words or (numbered := tuple(h for h in heads if is_numbered(h, words))):
        return (numbered if words else heads), [], words
    period = read_period(words, turn.local(turn.now))
    found = tuple(h for h in heads if period is None or h.period == period)
    told: dict[str, None] = {period.label: None} if period is not None else {}
    strange: list[str] = []
    for word in without_period(words).split():
        sop = turn.view.setting.book.by_word(word)
        meant = tuple(h for h in found if is_numbered(h, word) or (sop and h.sop == sop.code))
        if meant:
            found = meant
            told[word] = None
        else:
            strange.append(word)
    return (found if told else ()), strange, " ".join(told)


def _is_paused(tugas: Tugas) -> bool:
    return tugas.state == "tahan" or tugas.blocked_at is not None


def show_status(turn: Turn) -> Decision | None:
    """Shows the board in private: holders and limits of open acts, never a figure. Its picture
    follows: the words do not wait until it is drawn."""
    perintah = turn.perintah
    args = {
        "nomor": perintah.nomor,
        "sop": turn.sop.name,
        "periode": perintah.period.label,
        "status": perintah.status,
        "target": perintah.target_at.isoformat(),
        "saat": turn.now.isoformat(),
        "papan": where_units_stand(perintah, turn.sop, turn.now),
        "tugas": [
            {**task_args(turn, t), "sejak": t.opened_at.isoformat(), "ditahan": _is_paused(t)}
            for t in perintah.tugas
            if t.state in ("buka", "tahan")
        ],
        "tanpa_unit": list(perintah.skipped),
    }
    rows: Rows = ()
    if turn.actor is not None and may_remind_all(turn):
        rows = ((button("ingatkan_semua", "ingatkan", perintah.ref),),)
    turn.speech.answer("status", args, rows, is_below=True)
    words = {"nomor": perintah.nomor, "saat": stands_since(perintah, turn.now).isoformat()}
    return turn.answer("status_gambar", words, attachments=(status_picture(turn),), is_below=True)


def show_rekap(turn: Turn) -> Decision | None:
    """Sends the rekap as xlsx and pdf: to all once posted, before only to its present holders."""
    perintah = turn.perintah
    rekap = perintah.paper("rekap")
    if rekap is None or not _may_see_rekap(turn, perintah):
        return _offer_last_rekap(turn, perintah)
    args = {
        "nomor": perintah.nomor,
        "periode": perintah.period.label,
        "versi": rekap.version,
        "digantikan": rekap.is_superseded,
        "selesai_perintah": perintah.status == "selesai",
        "kode": rekap.code,
    }
    turn.speech.answer("rekap", args, attachments=files(turn, rekap, "pdf", "xlsx"), is_below=True)
    picture = capaian_picture(turn, rekap)
    return turn.answer(
        "rekap_gambar", {"nomor": perintah.nomor}, attachments=(picture,), is_below=True
    )


def _offer_last_rekap(turn: Turn, perintah: Perintah) -> Decision | None:
    """Says that this one has no rekap yet; a button for the newest that everybody may see."""
    last = next((h for h in turn.view.heads if h.rekap and h.id != perintah.id), None)
    rows: Rows = ()
    if last is not None:
        period = last.period.label
        ask = button("rekap_terakhir", REKAP.name, last.ref, nomor=last.nomor, periode=period)
        rows = ((ask,),)
    return turn.answer("rekap_belum", {"nomor": perintah.nomor, "lain": bool(rows)}, rows)


def _may_see_rekap(turn: Turn, perintah: Perintah) -> bool:
    if perintah.status == "selesai":
        return True
    mine = {p.role for p in turn.authority.posts_of(turn.person.id)}
    return bool(mine & turn.view.setting.book.leaders)


def _show_sop(turn: Turn, number: str) -> Decision | None:
    """Sends the SOP of the perintah meant, without a number all; "sahkan" approves one."""
    show = documents.show_sop
    word, _, rest = number.partition(" ")
    if word.casefold() == APPROVE:
        return sop_approval.choose(turn, rest.strip())
    return _choose(turn, number, "sop", show) if number else show(turn)


STATUS = shows("status", show_status, example=_newest)
REKAP = shows("rekap", show_rekap, example=_with_rekap)
DISPOSISI = shows("disposisi", documents.show_disposisi, example=_newest)
NOTULEN = shows("notulen", documents.show_notulen, documents.reads_notulen)
SOP = ChatCommand(
    "sop",
    _show_sop,
    everybody,
    documents.show_sop,
    page=partial(_list, "sop"),
    example=bare,
)
ARCHIVE = shows(
    "arsip", documents.show_archive, documents.gets_archive, _newest, documents.archive_words
)
