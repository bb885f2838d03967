"""One person who plays a whole office of practice in his one chat, by what stands before him."""

import time
from typing import Any

import httpx

from simulator.players.figures import REALISASI, SOURCE, fill, read_form
from simulator.players.labels import ACTS, WAYS_BACK, says
from tests.bot.rooms import Street

FIGURES = (210, 66, 8, 74)
SENTENCE = "Semua data sampai dengan akhir triwulan, dari laporan bidang."
PANEL = "latihan:"
PAUSE = 0.5

Button = dict[str, str]
Look = tuple[Any, ...]


class Alone:
    def __init__(self, street: Street, person: int) -> None:
        self._street = street
        self._person = person
        self._done: set[Look] = set()

    def play_until(self, words: str, seconds: float) -> dict[str, Any]:
        """Does whatever there is to do until a message with these words has come."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = [m for m in self._messages() if words in m["text"]]
            if found:
                return found[-1]
            if not self._do_next():
                time.sleep(PAUSE)
        raise AssertionError(f"no {words!r}: {[m['text'][:80] for m in self._messages()[-3:]]}")

    def _do_next(self) -> bool:
        messages = [m for m in self._messages() if PANEL not in str(m["keyboard"])]
        return any(self._answer(m) for m in reversed(messages)) or any(
            self._send_form(m) or self._act(m) for m in messages
        )

    def _answer(self, message: dict[str, Any]) -> bool:
        buttons = _buttons(message)
        ways_on = [
            b for b in buttons if not any(says(b["text"], round_trip) for round_trip in WAYS_BACK)
        ]
        is_question = len(ways_on) < len(buttons)
        if not is_question or not self._is_new(message["id"], message["text"], str(buttons)):
            return False
        if ways_on:
            on = (b for b in ways_on if _act_of(b) or b["text"].startswith("Lanjut ("))
            self._press(message, next(on, ways_on[0]))
        else:
            self._street.say(self._person, SENTENCE, reply_to=message["id"])
        return True

    def _send_form(self, message: dict[str, Any]) -> bool:
        wants = any(says(b["text"], "Isi lewat chat") for b in _buttons(message))
        if not (wants and message["file"]) or not self._is_new("form", message["id"]):
            return False
        data = httpx.get(self._street.url + message["file"]["url"]).content
        form = read_form(data)
        assert form is not None
        known = {code: FIGURES[int(code[-2:]) - 1] for code in form.rows}
        typed = {code: {REALISASI: n, SOURCE: "Laporan bidang"} for code, n in known.items()}
        self._street.upload(self._person, message["file"]["name"], fill(form, typed))
        return True

    def _act(self, message: dict[str, Any]) -> bool:
        for button in _buttons(message):
            if _act_of(button) and self._is_new(message["id"], button["data"]):
                self._press(message, button)
                return True
        return False

    def _press(self, message: dict[str, Any], button: Button) -> None:
        body = {"message": message["id"], "data": button["data"], "wait": 2}
        self._street.post(f"/api/people/{self._person}/chats/{self._person}/press", body)

    def _is_new(self, *look: Any) -> bool:
        is_new = look not in self._done
        self._done.add(look)
        return is_new

    def _messages(self) -> list[dict[str, Any]]:
        return self._street.messages(self._person)


def _buttons(message: dict[str, Any]) -> list[Button]:
    return [b for row in message["keyboard"] for b in row if b["kind"] == "callback"]


def _act_of(button: Button) -> bool:
    return any(says(button["text"], act) for act in ACTS)
