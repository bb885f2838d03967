from datetime import date

import pytest

from flows.office.people import Penugasan, Person, Post, Roster, is_nip, sapaan

PLT = Penugasan(
    1, 7, "kepala_unit", "PPR", "Kepala Bidang", "Plt", date(2026, 9, 1), date(2026, 11, 30)
)
OPEN = Penugasan(2, 7, "pelaksana", "SEK", "Staf")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 8, 31), False),
        (date(2026, 9, 1), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
    ],
)
def test_both_ends_of_a_penugasan_belong_to_it(day: date, expected: bool) -> None:
    assert PLT.covers(day) is expected


def test_an_open_penugasan_covers_every_day() -> None:
    assert OPEN.covers(date.min)
    assert OPEN.covers(date.max)


def test_only_a_definitif_holder_is_not_acting() -> None:
    assert PLT.is_acting
    assert not OPEN.is_acting


def test_a_roster_tells_a_persons_posts_of_the_day() -> None:
    roster = Roster((Person(7, "Contoh Pegawai", None, ""),), (PLT, OPEN))

    assert [p.post for p in roster.posts(7, date(2026, 12, 1))] == [Post("pelaksana", "SEK")]
    assert len(roster.posts(7, date(2026, 11, 1))) == 2
    assert roster.posts(8, date(2026, 11, 1)) == ()


def test_a_roster_knows_its_people_and_nobody_else() -> None:
    person = Person(7, "Contoh Pegawai", None, "")

    assert Roster((person,)).person(7) == person
    assert Roster((person,)).person(8) is None


@pytest.mark.parametrize(
    "nip", ["197001011995031001", "198508172010012001", "199503032024211005", "199602292020122003"]
)
def test_a_nip_of_a_pns_or_a_pppk_is_taken(nip: str) -> None:
    assert is_nip(nip)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "197013011995031001",  # month of birth 13
        "197002301995031001",  # 30 February
        "197001011995131001",  # month of entry 13
        "197001011995203001",  # neither a month nor a PPPK code
        "197001011995033001",  # sex 3
        "197001011960031001",  # entered before he was born
        "187001011890031001",
        "19700101199503100",
        "1970010119950310011",
        "1.9700101199503E+17",
        "19700101199503100١",
    ],
)
def test_what_no_nip_can_be_is_refused(text: str) -> None:
    assert not is_nip(text)


@pytest.mark.parametrize(
    ("nip", "expected"),
    [
        ("197001011995031001", "Bapak"),
        ("198508172010012001", "Ibu"),
        (None, "Bapak/Ibu"),
        ("unreadable", "Bapak/Ibu"),
    ],
)
def test_a_nip_tells_how_to_address_its_bearer(nip: str | None, expected: str) -> None:
    assert sapaan(nip) == expected
