"""The fresh office that Peragaan plays in: a process of its own, one at a time."""

import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from simulator.people.acts import ActRefused
from simulator.tour import captions
from simulator.tour.other_offices import OtherOffices

PEOPLE = {
    "bot": {"username": "sigap_tes_bot", "name": "SIGAP"},
    "group": {"title": "Kantor"},
    "people": [{"name": "Marlina Topale", "note": "Kepala Dinas", "code": None, "admin": True}],
}


@pytest.fixture
async def others(tmp_path: Path) -> AsyncIterator[OtherOffices]:
    people = tmp_path / "people.json"
    people.write_text(json.dumps(PEOPLE), encoding="utf-8")
    command = [sys.executable, "-m", "simulator", "--until-eof", "--people", str(people)]
    made = OtherOffices(command)
    yield made
    await made.close()


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


async def test_another_one_ends_the_former_and_the_end_of_this_one_both(
    others: OtherOffices,
) -> None:
    first = await others.open("A")
    at_first = answers(first)
    second = await others.open("AB")
    after_second = answers(first), answers(second)
    await others.close()

    assert at_first
    assert after_second == (False, True)
    assert not answers(second)


@pytest.mark.parametrize(
    "command", [[sys.executable, "-c", "raise SystemExit(1)"], ["no-such-program-of-sigap"]]
)
async def test_one_that_does_not_open_is_refused_in_words(command: list[str]) -> None:
    others = OtherOffices(command)

    with pytest.raises(ActRefused) as refused:
        await others.open("A")

    assert str(refused.value) == (
        "Kantor baru tidak dapat dibuka; sebabnya ada di konsol. Mohon mencoba lagi."
    )


async def test_without_a_command_none_is_opened() -> None:
    others = OtherOffices()

    with pytest.raises(ActRefused) as refused:
        await others.open("A")

    assert not others.can_open
    assert str(refused.value) == captions.USED
