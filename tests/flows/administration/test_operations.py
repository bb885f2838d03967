"""What an administrator asks of the system: only he is answered, by facts looked up before."""

from dataclasses import replace
from typing import Any

from flows.administration.operations import backup, health, privacy
from flows.model.changes import Decision
from flows.model.messages import Message
from flows.turn.turn import Turn
from tests.flows.small_office import ADMIN, HEAD, a_file, a_turn

CONDITION = {"masuk": "2", "keluar": "0", "disisihkan": "0", "versi": "1.2"}
KEPT = {"sha256": "a" * 64, "nama": "cadangan.db", "ukuran": "12 KB", "berkas": "3"}


def asked(actor: int | None, facts: dict[str, str]) -> Turn:
    origin = replace(a_file().origin, facts=facts)
    return a_turn(actor, command=replace(a_file(), origin=origin))


def told(turn: Turn) -> dict[str, Any]:
    (message,) = (o for o in turn.speech.out if isinstance(o, Message))
    return dict(message.args)


def is_refused(decision: Decision | None) -> bool:
    return decision is not None and decision.is_refused


def test_the_admin_is_told_the_condition_in_numbers() -> None:
    turn = asked(ADMIN, CONDITION)

    assert health(turn) is None
    assert (told(turn)["masuk"], told(turn)["versi"]) == (2, "1.2")


def test_nobody_else_and_nothing_without_facts() -> None:
    assert is_refused(health(asked(HEAD, CONDITION)))
    assert is_refused(health(asked(None, CONDITION)))
    assert is_refused(health(asked(ADMIN, {})))
    assert is_refused(backup(asked(HEAD, KEPT)))


def test_a_backup_is_recorded_by_its_hash_and_a_failed_one_is_not() -> None:
    turn, failed = asked(ADMIN, KEPT), asked(ADMIN, {"cadangan_gagal": "disk penuh"})

    assert backup(turn) is None
    assert [(e.name, e.data) for e in turn.events] == [("BackupMade", {"sha256": "a" * 64})]
    assert is_refused(backup(failed))
    assert failed.events == []


def test_what_is_kept_is_told_to_strangers_as_well() -> None:
    for actor, is_known in ((HEAD, True), (None, False)):
        turn = asked(actor, {})
        privacy(turn)
        assert told(turn)["terdaftar"] is is_known
