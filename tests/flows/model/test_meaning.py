"""Which perintah and tugas a command means, by the few facts that decide it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from flows.forms.form import Sheet
from flows.model.addresses import Ref
from flows.model.commands import Command, Origin, Pressed, Said, Sent, Ticked
from flows.model.conversation import Draft, Slot
from flows.model.meaning import Nomor, guessed, may_name_row, meant_by
from flows.model.perintah import Status, Tugas
from flows.model.view import Head, Heads, Setting, View
from flows.office.calendar import WorkCalendar
from flows.office.kantor import Incumbents, Office
from flows.office.people import Roster
from flows.office.period import Period
from flows.sops.book import SopBook
from tests.kantor import ROOT

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ORIGIN = Origin("u1", 31, "private", 31, NOW)


def tugas(perintah_id: int, seq: int, unit: str = "PPR", codes: tuple[str, ...] = ()) -> Tugas:
    return Tugas(perintah_id, seq, "3a", "pelaksana", unit, 1, NOW, codes=codes)


PPR, DAL = tugas(7, 3, "PPR", ("PPR-01", "PPR-02")), tugas(8, 4, "DAL", ("DAL-01",))
JUDGED = tugas(7, 9)


def head(number: int, status: Status = "berjalan") -> Head:
    nomor = f"{number:03d}/2026"
    return Head(number, nomor, "1", Period(2026, 3), "indikator", status, None, NOW)


@pytest.fixture(scope="module")
def nothing() -> View:
    """A person who has nothing to do, is asked nothing and has pressed no known message."""
    office = Office.parse((ROOT / "kantor.yaml").read_text("utf-8"), "kantor.yaml")
    calendar = WorkCalendar.build(zone="Asia/Makassar", hours=[[(480, 960)]] * 7)
    setting = Setting(office, SopBook(), calendar, "sigap_bot", frozenset({"status", "rekap"}))
    return View(setting, Roster(), Incumbents(office, Roster(), date(2026, 11, 24)))


def slot(about: str) -> Slot:
    return Slot("u1:1", "p31", about, is_live=True)


def draft(about: str) -> Draft:
    return Draft(31, "kembali", about, "u1:1", NOW)


def said(text: str) -> Said:
    return Said.read(ORIGIN, text)


def pressed(ref: str) -> Pressed:
    return Pressed.read(ORIGIN, "c1", f"ok:{ref}:0")


def sent(**meta: str) -> Sent:
    sheet = Sheet("Isian", (), meta) if meta else None
    return Sent(ORIGIN, "ab" * 32, "a.xlsx", 9, "document", sheet=sheet)


def told(command: Command, view: View, *fills: Tugas) -> str | Nomor | None:
    found = meant_by(command, view, fills)
    return found.text if isinstance(found, Ref) else found


@pytest.mark.parametrize(
    ("command", "known", "meant"),
    [
        (pressed("7-3"), {}, "7-3"),
        (pressed("p7"), {"slot": slot("8-4")}, "p7"),
        (pressed("b7"), {}, "b7"),
        (pressed("d31"), {"draft": draft("7-3")}, "7-3"),
        (pressed("d99"), {"draft": draft("7-3")}, None),
        (pressed("ksiap"), {"slot": slot("7-3")}, "7-3"),
        (pressed("7-3-1"), {"slot": slot("b8")}, "b8"),
        (pressed("i4"), {}, None),
        (said("ya"), {}, None),
        (said("ya"), {"todo": (PPR,)}, "7-3"),
        (said("ya"), {"todo": (PPR, DAL)}, None),
        (said("ya"), {"todo": (PPR, DAL), "draft": draft("8-4")}, "8-4"),
        (said("ya"), {"slot": slot("7-3"), "draft": draft("8-4")}, "7-3"),
        (said("ya"), {"slot": slot("b7"), "draft": draft("8-4")}, "8-4"),
        (said("ya"), {"slot": slot("b7")}, "b7"),
        (said("ya"), {"slot": slot("lihat7-3")}, None),
        (said("/status 12"), {"todo": (PPR,)}, Nomor(12, 0)),
        (said("/status 12/2025"), {}, Nomor(12, 2025)),
        (said("status 12"), {}, None),
        (said("/status"), {"heads": (head(9, "selesai"), head(8))}, "p8"),
        (said("/rekap"), {"heads": (head(9, "selesai"),)}, "p9"),
        (said("/rekap"), {}, None),
        (said("/tugas"), {"heads": (head(8),)}, None),
        (sent(), {"todo": (PPR, JUDGED)}, None),
        (sent(), {"slot": slot("7-3"), "draft": draft("8-4")}, "7-3"),
        (sent(), {"draft": draft("8-4")}, "8-4"),
        (sent(perintah="8", unit="DAL"), {}, "p8"),
        (sent(perintah="9" * 12, unit="DAL"), {}, "p999999999"),
        (sent(perintah="delapan"), {}, None),
        (Ticked(7, "t7"), {"todo": (PPR,)}, None),
    ],
)  # fmt: skip
def test_what_is_meant(
    nothing: View, command: Command, known: dict[str, Any], meant: str | Nomor | None
) -> None:
    assert told(command, nothing._replace(**known)) == meant


def test_a_file_goes_to_the_only_tugas_that_takes_one_or_to_that_it_was_made_for(
    nothing: View,
) -> None:
    view = nothing._replace(todo=(PPR, DAL, JUDGED))

    assert told(sent(), view, PPR) == "7-3"
    assert told(sent(), view, PPR, DAL) is None
    assert told(sent(perintah="8", unit="DAL"), view, PPR, DAL) == "8-4"
    assert told(sent(perintah="8", unit="PPR"), view, PPR, DAL) == "p8"
    assert told(sent(perintah="7", unit="PPR"), view._replace(draft=draft("8-4")), PPR) == "7-3"


def test_a_row_typed_by_its_code_goes_where_that_row_is_filled_in(nothing: View) -> None:
    twice = tugas(9, 1, "PPR", PPR.codes)
    view = nothing._replace(todo=(PPR, DAL, twice))

    assert told(said("ppr02 = 66,75"), view, PPR, DAL) == "7-3"
    assert told(said("dal-1 5"), view, PPR, DAL) == "8-4"
    assert told(said("PPR-02 66,75"), view, PPR, twice) is None
    assert told(said("PPR-02 66,75"), view._replace(slot=slot("9-1")), PPR, twice) == "9-1"
    assert told(said("ppr09 1"), view, PPR, DAL) == "7-3"
    assert told(said("PPR-02 66,75"), view._replace(draft=draft("8-4")), PPR) == "8-4"


def test_a_row_of_a_part_already_sent_means_that_part(nothing: View) -> None:
    done = tugas(7, 5, "PPR", PPR.codes)
    view = nothing._replace(todo=(JUDGED,))

    def late(text: str, view: View, *fills: Tugas) -> str | Nomor | None:
        found = meant_by(said(text), view, fills, (done, DAL))
        return found.text if isinstance(found, Ref) else found

    assert late("PPR-02 66,75", view) == "7-5"
    assert late("PPR-02 66,75", view, PPR) == "7-3", "a part still with him comes first"
    assert late("PPR-02 66,75", view._replace(slot=slot("7-9"))) == "7-9"
    assert late("PPR-02 66,75", view._replace(slot=slot("7-5"))) == "7-5"
    assert late("PPR-09 1", view) == "7-9"


def test_only_free_words_may_name_a_row(nothing: View) -> None:
    assert may_name_row(said("PPR-02 66,75"), nothing)
    assert not may_name_row(said("besok baru bisa"), nothing)
    assert not may_name_row(said("PPR-02 66,75"), nothing._replace(draft=draft("7-3")))
    assert not may_name_row(pressed("7-3"), nothing)


def test_before_the_message_is_found_only_the_button_and_the_question_tell(nothing: View) -> None:
    view = nothing._replace(draft=draft("8-4"), todo=(PPR,))

    assert guessed(pressed("7-3"), view) == Ref.read("7-3")
    assert guessed(pressed("ksiap"), view) is None
    assert guessed(said("ya"), view) == Ref.read("8-4")
    assert guessed(said("ya"), nothing) is None


def test_a_button_that_runs_a_command_means_what_the_command_means(nothing: View) -> None:
    view = nothing._replace(heads=Heads((head(8, "selesai"), head(7))))

    for data, meant in (
        ("menu:kstatus:0", Ref.read("p7")),
        ("menu:kpejabat:0", None),
        ("h1:kstatus:0", None),
    ):
        assert meant_by(Pressed.read(ORIGIN, "q", data), view, ()) == meant
