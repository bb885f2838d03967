"""Papers added to a perintah with version and hash."""

from hypothesis import given
from hypothesis import strategies as st

from flows.papers.facts import TableColumn
from flows.papers.filing import add_paper, digest, done_by, name_of, renew
from flows.papers.letter_facts import Attendant, Receiver
from tests.flows.small_office import (
    HEAD,
    KADIS,
    NAMES,
    NOW,
    OPERATOR,
    a_turn,
    an_order,
    task,
)

bodies = st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.none()))


def test_the_hash_is_that_of_the_canonical_json() -> None:
    """Of {"a":1,"b":"é"}: keys in order, no blanks, UTF-8."""
    expected = "09ad9fd2fb648cb2f62141215828ea00a62c299db05d20aa9ade2f527a301cc6"
    assert digest({"b": "é", "a": 1}) == digest({"a": 1, "b": "é"})
    assert digest({"b": "é", "a": 1}) == expected


@given(bodies, bodies)
def test_other_facts_are_another_paper(one: dict[str, object], other: dict[str, object]) -> None:
    assert (digest(one) == digest(other)) is (one == other)


def test_a_new_version_takes_the_place_of_the_old_one_of_its_unit() -> None:
    turn = a_turn(None, an_order())
    for unit in ("DAL", "PPR"):
        add_paper(turn, "pengantar", unit, 1, Attendant(nama=unit))
    last = add_paper(turn, "pengantar", "DAL", 2, Attendant(nama="lagi"))

    assert [d.is_superseded for d in turn.perintah.dokumen] == [True, False, False]
    assert (last.seq, last.made_at, last.sha256) == (3, NOW, digest({"nama": "lagi"}))
    assert turn.perintah.paper("pengantar", "DAL") == last


def test_the_same_facts_give_no_new_version() -> None:
    turn = a_turn(None, an_order())
    for name in ("satu", "satu", "dua"):
        renew(turn, "disposisi", None, Attendant(nama=name))

    assert [(d.version, d.is_superseded) for d in turn.perintah.dokumen] == [(1, True), (2, False)]


def test_one_moment_has_one_spelling() -> None:
    assert Receiver(waktu=NOW).body() == {"waktu": "2026-11-24T00:00:00+00:00"}
    assert Receiver().body() == {}


def test_whole_widths_stand_without_decimals() -> None:
    assert TableColumn(heading="Unit", width=8.0).body()["width"] == 8
    assert str(TableColumn(heading="Unit", width=8.0).body()["width"]) == "8"


def test_an_act_of_the_operators_hand_names_him() -> None:
    turn = a_turn(None, an_order())
    done = task("7", "kepala_unit", "DAL", finished_by=HEAD)

    assert name_of(turn, done) == NAMES[HEAD]
    assert name_of(turn, done._replace(recorded_by=OPERATOR)) == (
        f"{NAMES[HEAD]} (dicatat oleh {NAMES[OPERATOR]})"
    )
    assert name_of(turn, task("7", "kepala_unit", "DAL")) == name_of(turn, None) == ""


def test_the_last_act_that_stands_counts() -> None:
    signing = task("p3", "kepala_dinas", state="selesai", finished_by=KADIS)
    turn = a_turn(None, an_order(signing, signing, signing._replace(state="ulang")))

    found = done_by(turn, "kepala_dinas", lambda traits: traits.signs)
    assert found is not None
    assert found.seq == 2
    assert done_by(turn, "sekretaris", lambda traits: traits.signs) is None
    assert done_by(turn, "kepala_dinas", lambda traits: not traits.signs) is None
