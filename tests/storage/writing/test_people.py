from datetime import date, timedelta
from typing import Any

from flows.model.changes import AddAdmin, BindPerson, CountWrongCode, Decision
from flows.model.view import Setting
from flows.office.people import Penugasan, Person
from storage.rows.notation import code_hash
from storage.store import Store
from storage.writing.people import ALPHABET, StaffDiff
from tests.rows import dump
from tests.storage.world import (
    ADMIN,
    KADIS,
    NOW,
    PELAKSANA,
    STAFF,
    bind,
    indicator,
    listed,
    pressed,
    said,
    take_staff,
    user,
)

NIP = "199002202015032005"
YESTERDAY = date(2026, 11, 23)


def take(store: Store, *rows: tuple[Person, Penugasan], now: Any = NOW) -> StaffDiff:
    with store.transaction() as tx:
        return tx.people.take_staff(rows, now)


def kept(store: Store) -> dict[str, Any]:
    with store.reading() as queries:
        return dump(queries)


def test_a_list_taken_twice_changes_nothing_the_second_time(store: Store) -> None:
    take_staff(store)
    before = kept(store)

    diff = take(store, *(listed(*row) for row in STAFF), now=NOW + timedelta(days=3))

    assert diff.is_empty
    assert kept(store) == before


def test_the_same_nip_is_the_same_person_in_two_posts(store: Store) -> None:
    diff = take(
        store,
        listed("Dewi", NIP, "pelaksana", "DAL"),
        listed("Dewi Pratasik", NIP, "kepala_unit", "PPR", jenis="Plt", surat="800/1"),
    )

    assert [person.nama for person in diff.joined] == ["Dewi Pratasik"]
    assert [(post.role, post.jenis) for post in diff.posts_given] == [
        ("pelaksana", "definitif"),
        ("kepala_unit", "Plt"),
    ]


def test_without_nip_the_same_name_is_the_same_person(store: Store) -> None:
    take(store, listed("Edo", None, "operator", None))

    diff = take(store, listed("Edo", None, "operator", None), listed("Eka", None, "admin", None))

    assert [person.nama for person in diff.joined] == ["Eka"]


def test_a_correction_keeps_the_person_and_his_account(staffed: Store) -> None:
    rows = [listed(*row) for row in STAFF]
    rows[0] = listed("Arman B. Toding", STAFF[0][1], "kepala_dinas", None)

    diff = take(staffed, *rows)

    assert [(p.id, p.nama, p.is_bound) for p in diff.corrected] == [
        (KADIS, "Arman B. Toding", True)
    ]


def test_a_post_no_longer_listed_ends_the_day_before(staffed: Store) -> None:
    diff = take(staffed, *(listed(*row) for row in STAFF[:3]), listed(*STAFF[4]))

    assert [(post.person_id, post.selesai) for post in diff.posts_ended] == [
        (PELAKSANA, YESTERDAY)
    ]
    with staffed.reading() as queries:
        roster = queries.office.roster()
    assert roster.posts(PELAKSANA, YESTERDAY)
    assert not roster.posts(PELAKSANA, NOW.date())
    assert roster.person(PELAKSANA) is not None


def test_a_post_with_its_first_day_ends_the_day_before_it_is_no_longer_listed(
    store: Store,
) -> None:
    person, post = listed("Dewi", NIP, "pelaksana", "DAL")
    first = date(2020, 1, 1)
    take(store, (person, Penugasan(0, 0, "pelaksana", "KBK", "J", "definitif", first)))

    diff = take(store, (person, post))

    [ended] = diff.posts_ended
    assert (ended.mulai, ended.selesai) == (first, YESTERDAY)


def test_a_post_of_the_future_that_is_taken_back_never_begins(store: Store) -> None:
    person, post = listed("Dewi", NIP, "pelaksana", "DAL")
    later = date(2027, 1, 4)
    take(store, (person, Penugasan(0, 0, "pelaksana", "DAL", "J", "definitif", later)))

    diff = take(store, (person, post))

    [ended] = diff.posts_ended
    assert not any(ended.covers(later + timedelta(days=days)) for days in range(-60, 60))


def test_a_list_is_recorded_by_ids_alone(store: Store) -> None:
    take(store, listed("Dewi Pratasik", NIP, "pelaksana", "DAL"))

    with store.reading() as queries:
        [entry] = queries.record.events("kantor")
    assert entry.event.name == "StaffTaken"
    assert entry.event.data == {
        "joined": [1],
        "corrected": [],
        "posts_given": [1],
        "posts_corrected": [],
        "posts_ended": [],
    }


def test_indicators_taken_twice_change_nothing(store: Store) -> None:
    with store.transaction() as tx:
        first = tx.people.take_indicators(2026, [indicator("A"), indicator("B")], NOW)
    before = kept(store)

    with store.transaction() as tx:
        second = tx.people.take_indicators(2026, [indicator("A"), indicator("B")], NOW)

    assert (first, second) == (("A", "B"), ())
    assert kept(store) == before


def test_indicators_tell_what_is_new_changed_or_gone_of_their_year(store: Store) -> None:
    with store.transaction() as tx:
        tx.people.take_indicators(2025, [indicator("A")], NOW)
        tx.people.take_indicators(2026, [indicator("A"), indicator("B"), indicator("C")], NOW)

        changed = tx.people.take_indicators(
            2026, [indicator("A"), indicator("C", satuan="dok"), indicator("D")], NOW
        )

        assert changed == ("B", "C", "D")
        assert tx.office.indicators(2025) == (indicator("A"),)


def test_codes_are_given_to_those_not_yet_bound(store: Store) -> None:
    take_staff(store)
    bind(store, KADIS)

    with store.transaction() as tx:
        invited = tx.people.make_invites(NOW)

    assert [person.id for person, _ in invited] == [2, 3, 4, 5]
    assert all(len(code) == 10 and set(code) <= set(ALPHABET) for _, code in invited)
    assert len({code for _, code in invited}) == 4


def test_whoever_holds_no_post_any_more_gets_no_code(staffed: Store) -> None:
    take(staffed, listed(*STAFF[0]))

    with staffed.transaction() as tx:
        everybody = frozenset(person.id for person in tx.office.roster().people)
        invited = tx.people.make_invites(NOW, only=everybody)
    assert [person.id for person, _ in invited] == [KADIS]


def test_a_code_is_nowhere_in_the_database(store: Store) -> None:
    take_staff(store)

    with store.transaction() as tx:
        [(_, code), *_] = tx.people.make_invites(NOW)

    assert code not in str(kept(store))
    assert code_hash(code) in str(kept(store))


def test_a_new_code_voids_the_one_before(store: Store, setting: Setting) -> None:
    take_staff(store)
    with store.transaction() as tx:
        old = {person.id: code for person, code in tx.people.make_invites(NOW)}[ADMIN]
        new = {person.id: code for person, code in tx.people.make_invites(NOW)}[ADMIN]

    with store.transaction() as tx:
        by_old = tx.load(said(f"/daftar {old}"), setting, NOW).invite
        by_new = tx.load(said(f"/daftar {new}"), setting, NOW).invite

    assert by_old is None
    assert by_new is not None
    assert by_new.person_id == ADMIN
    assert by_new.expires_at == NOW + timedelta(days=14)


def test_a_code_is_read_as_it_is_meant(store: Store, setting: Setting) -> None:
    take_staff(store)
    with store.transaction() as tx:
        code = tx.people.make_admin_invite("Gita Sondakh", NOW)
    typed = f"{code[:5]}-{code[5:]}".lower().replace("0", "o").replace("1", "l")

    with store.transaction() as tx:
        invite = tx.load(said(f"/start {typed}"), setting, NOW).invite
        assert invite is not None
        again = tx.load(pressed(f"daftar:i{invite.id}:0"), setting, NOW).invite

    assert (invite.nama, invite.person_id) == ("Gita Sondakh", None)
    assert again == invite


def test_the_first_admin_comes_by_his_code(store: Store, setting: Setting) -> None:
    with store.transaction() as tx:
        assert not tx.office.has_admin()
        tx.people.make_admin_invite("Gita Sondakh", NOW)

        tx.apply(Decision(changes=(AddAdmin("Gita Sondakh", 55, 55, 1),)), "k", NOW)

        assert tx.office.has_admin()
        [admin_id] = tx.office.admins(NOW)
        assert [invite.used_at for invite in tx.office.invites()] == [NOW]
        actor = tx.load(said("/tugas", user_id=55), setting, NOW).actor
        assert actor is not None
        assert (actor.id, actor.is_bound) == (admin_id, True)


def test_the_staff_list_does_not_lock_the_first_admin_out(store: Store) -> None:
    with store.transaction() as tx:
        tx.people.make_admin_invite("Gita Sondakh", NOW)
        tx.apply(Decision(changes=(AddAdmin("Gita Sondakh", 55, 55, 1),)), "k", NOW)

    take_staff(store)
    diff = take(store, listed(*STAFF[0]))

    assert "admin" in {post.role for post in diff.posts_ended}
    with store.reading() as queries:
        assert queries.office.admins(NOW) == (1,)


def test_an_account_belongs_to_one_person_at_a_time(staffed: Store) -> None:
    with staffed.transaction() as tx:
        tx.people.make_invites(NOW)
        tx.apply(Decision(changes=(BindPerson(ADMIN, user(KADIS), user(KADIS), 1),)), "k", NOW)

        bound = {person.id: person.is_bound for person in tx.office.roster().people}

    assert (bound[ADMIN], bound[KADIS]) == (True, False)


def test_wrong_codes_are_counted_for_an_hour_and_each_account_alone(
    store: Store, setting: Setting
) -> None:
    with store.transaction() as tx:
        for _ in range(3):
            tx.apply(Decision(changes=(CountWrongCode(user(KADIS)),)), "k", NOW)

        def count(person_id: int, minutes: int) -> int:
            later = NOW + timedelta(minutes=minutes)
            return tx.load(said("/daftar X", person_id), setting, later).wrong_codes

        assert (count(KADIS, 59), count(KADIS, 60), count(PELAKSANA, 1)) == (3, 0, 0)
