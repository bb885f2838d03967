"""The conversation derived from a draft: the next question, answers by button, word and file."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from flows.dialogs.dialog import current, new_draft, press, proceed, start, take_file, take_text
from flows.dialogs.question import Answers, Choice, Dialog, Question
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.messages import Card, Message
from flows.turn.turn import Turn
from tests.flows.small_office import FILLER, NOW, a_file, a_turn

UNITS = tuple(Choice(f"U-{n:02d}", label=f"U-{n:02d}") for n in range(1, 20))


def _kind(turn: Turn, answers: Answers) -> Question:
    return Question("jenis", "tanya_jenis", choices=(Choice("a", label="Satu"), Choice("b")))


def _reason(turn: Turn, answers: Answers) -> Question | None:
    if answers.get("jenis") == "b":
        return None
    return Question("alasan", "tanya_alasan", shortest=5, longest=20)


def _number(turn: Turn, answers: Answers) -> Question:
    parse = {"satu": 1, "dua": 2}.get
    return Question("jumlah", "tanya_jumlah", longest=9, parse=parse, wrong="angka_keliru")


def _acted(turn: Turn, draft: Draft) -> Decision | None:
    turn.record("RowsFilled", **{k: v for k, v in draft.answers.items() if k[0] != "_"})
    return None


def _summary(turn: Turn, answers: Answers) -> Card:
    return Card("ringkasan", dict(answers))


ASKING = Dialog("uji", {"jenis": _kind, "alasan": _reason, "jumlah": _number}, _acted)
SUMMED = replace(ASKING, summary=_summary, editable=("jenis", "alasan"))
PICKING = Dialog(
    "pilih",
    {"unit": lambda turn, answers: Question("unit", "tanya_unit", choices=UNITS, is_many=True)},
    _acted,
)


def begun(dialog: Dialog, **answers: Any) -> tuple[Turn, Draft]:
    turn = a_turn(FILLER, command=a_file())
    start(turn, dialog, answers=answers)
    assert turn.draft is not None
    return turn, turn.draft


def asked(turn: Turn) -> str:
    """The key of the question or the summary shown last."""
    return [o for o in turn.speech.out if isinstance(o, Message)][-1].key


def verbs(turn: Turn) -> list[list[str]]:
    shown = [o for o in turn.speech.out if isinstance(o, Message)][-1]
    return [[button.verb for button in row] for row in shown.rows]


def refused(decision: Decision | None) -> tuple[str, Any]:
    assert decision is not None
    assert decision.is_refused
    (told,) = (o for o in decision.out if isinstance(o, Message))
    return told.key, dict(told.args)


def test_questions_come_in_order_and_the_last_answer_acts() -> None:
    turn, draft = begun(ASKING)
    assert asked(turn) == "tanya_jenis"

    for words, following in (("satu!", "tanya_alasan"), ("Data belum ada", "tanya_jumlah")):
        take_text(turn, ASKING, draft, words)
        assert asked(turn) == following
        assert turn.draft is not None
        draft = turn.draft
    take_text(turn, ASKING, draft, "dua")

    assert turn.draft is None
    assert turn.events[0].data == {"jenis": "a", "alasan": "Data belum ada", "jumlah": 2}


def test_a_question_that_does_not_arise_is_passed_over() -> None:
    turn, draft = begun(ASKING)
    press(turn, ASKING, draft, "j1")

    assert asked(turn) == "tanya_jumlah"


def test_words_that_are_no_answer_leave_the_question_open() -> None:
    turn, draft = begun(ASKING)
    assert refused(take_text(turn, ASKING, draft, "entah"))[0] == "tekan_tombol"

    turn, draft = begun(ASKING, jenis="a")
    assert refused(take_text(turn, ASKING, draft, "abc")) == (
        "terlalu_pendek", {"paling_sedikit": 5},
    )  # fmt: skip
    assert refused(take_text(turn, ASKING, draft, "x" * 21)) == (
        "terlalu_panjang", {"paling_banyak": 20, "panjang": 21},
    )  # fmt: skip

    turn, draft = begun(ASKING, jenis="b")
    assert refused(take_text(turn, ASKING, draft, "tiga")) == ("angka_keliru", {"nilai": "tiga"})
    assert refused(take_file(turn, ASKING, draft, a_file())) == (
        "berkas_tak_diminta", {"nama": "data.xlsx"},
    )  # fmt: skip
    assert turn.draft == draft


def test_batal_leaves_the_dialog_without_the_act() -> None:
    turn, draft = begun(ASKING)
    take_text(turn, ASKING, draft, " BATAL ")

    assert turn.draft is None
    assert turn.has_draft
    assert turn.events == []
    assert asked(turn) == "dibatalkan"


def test_a_summary_is_sent_changed_or_left() -> None:
    turn, draft = begun(SUMMED, jenis="a", alasan="Data belum ada", jumlah=1)
    assert (asked(turn), verbs(turn)) == ("ringkasan", [["kirim", "ubah"], ["batal"]])

    press(turn, SUMMED, draft, "ubah")
    assert verbs(turn) == [["u0", "u1"], ["balik"]]
    assert turn.draft is not None
    press(turn, SUMMED, turn.draft, "u1")
    assert (asked(turn), verbs(turn)) == ("tanya_alasan", [["balik"], ["batal"]])
    assert turn.draft is not None
    take_text(turn, SUMMED, turn.draft, "Sudah lengkap")
    assert asked(turn) == "ringkasan"
    assert turn.draft is not None
    press(turn, SUMMED, turn.draft, "kirim")

    assert turn.events[0].data == {"jenis": "a", "alasan": "Sudah lengkap", "jumlah": 1}


def test_a_button_of_another_question_does_nothing() -> None:
    turn, draft = begun(ASKING)

    for verb in ("j9", "u0", "lanjut", "x"):
        decision = press(turn, ASKING, draft, verb)
        assert decision is not None
        assert decision.is_refused
    assert turn.draft == draft


def test_rows_are_picked_page_by_page_and_kept_in_their_order() -> None:
    turn, draft = begun(PICKING)
    assert len(verbs(turn)) == 10 + 1 + 1 + 1, "a page, the turning, lanjut, batal"
    early = press(turn, PICKING, draft, "lanjut")
    assert early is not None
    assert early.is_refused, "nothing is picked yet"

    for verb in ("j3", "h1", "j18", "j0", "j3"):
        press(turn, PICKING, draft, verb)
        assert turn.draft is not None
        draft = turn.draft
    press(turn, PICKING, draft, "lanjut")

    assert turn.events[0].data == {"unit": ["U-01", "U-19"]}


def test_rows_are_picked_by_their_codes_and_an_unknown_code_is_told() -> None:
    turn, draft = begun(PICKING)
    known = Dialog(
        "pilih",
        {"baris": lambda turn, answers: Question(
            "baris", "tanya_baris", is_many=True,
            choices=(Choice("PPA-01"), Choice("PPA-06")),
        )},
        _acted,
    )  # fmt: skip
    turn, draft = begun(known)
    assert refused(take_text(turn, known, draft, "ppb-01")) == (
        "kode_tak_dikenal", {"nilai": "PPB-01", "terdekat": "PPA-01"},
    )  # fmt: skip

    take_text(turn, known, draft, "ppa 06, PPA-1")
    assert turn.events[0].data == {"baris": ["PPA-06", "PPA-01"]}


def test_a_dialog_is_refused_to_whoever_lacks_or_lost_what_it_needs() -> None:
    _, draft = begun(SUMMED, jenis="b", jumlah=1)
    guarded, turn = replace(SUMMED, needs="pejabat"), a_turn(FILLER)

    for tried in (
        start(turn, guarded),
        press(turn, guarded, draft, "kirim"),
        press(turn, guarded, draft, "h1"),
        take_text(turn, guarded, draft, "satu"),
    ):
        assert refused(tried)[0] == "bukan_kewenangan"
    assert turn.events == []
    assert press(turn, guarded, draft, "batal") is None, "leaving needs no right"


def test_a_new_draft_never_has_the_number_of_an_older_one() -> None:
    turn = a_turn(FILLER)
    first = new_draft(turn, ASKING)
    again = new_draft(a_turn(FILLER, draft=first._replace(revision=first.revision + 50)), ASKING)

    assert again.revision == first.revision + 51
    assert first.revision < 10**9
    assert (first.person_id, first.started_at, first.ref) == (FILLER, NOW, "d7")


@given(st.lists(st.sampled_from(("j0", "j1", "h1", "lanjut", "kirim", "ubah", "balik", "u0"))))
def test_no_press_brings_a_dialog_beyond_its_questions(pressed: list[str]) -> None:
    """Whatever is pressed in whatever order: nothing is done without every answer."""
    turn, draft = begun(SUMMED)
    for verb in pressed:
        press(turn, SUMMED, draft, verb)
        assert turn.draft is not None, "no act before the summary"
        assert turn.draft.revision >= draft.revision
        draft = turn.draft
    assert turn.events == []
    assert current(turn, SUMMED, draft.answers) is not None
    proceed(turn, SUMMED, draft)
    assert asked(turn) in ("tanya_jenis", "tanya_alasan", "tanya_jumlah")
