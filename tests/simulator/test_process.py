"""The simulator as a process of its own, spoken to over real sockets."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

import httpx
import pytest

from simulator.app import TOKEN

OFFICE = {
    "bot": {"username": "sigap_tes_bot", "name": "SIGAP"},
    "group": {"title": "Kantor"},
    "people": [{"name": "Marlina Topale", "note": "Kepala Dinas", "code": None, "admin": True}],
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    process = launch("--port", "0", "--start", "2026-11-24 08:00")
    assert process.stdout is not None
    line = process.stdout.readline()
    yield line.split()[1]
    process.terminate()
    process.communicate(timeout=120)


def launch(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "simulator", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def finish(*arguments: str) -> tuple[int, str]:
    process = launch(*arguments)
    _, errors = process.communicate(timeout=120)
    return process.returncode, errors


def events(lines: Iterator[str], kind: str) -> dict[str, Any]:
    """The next event of this kind, with its number."""
    number = 0
    for line in lines:
        if line.startswith("id: "):
            number = int(line[4:])
        elif line == f"event: {kind}":
            return json.loads(next(lines)[6:]) | {"event_id": number}
    raise AssertionError("the stream ended")


def test_the_clock_starts_where_it_was_told(url: str) -> None:
    answer = httpx.get(f"{url}/clock").json()

    assert answer["now"].startswith("2026-11-24T08:0")
    assert answer["now"].endswith("+08:00")


def test_a_port_in_use_is_one_readable_line_and_exit_1() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        code, errors = finish("--port", str(port))

    assert code == 1
    assert errors == f"simulator: cannot listen on 127.0.0.1:{port}: Address already in use\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [("{", "Expecting property name"), ('{"bot": {}}', "missing or wrong: 'group'")],
)
def test_a_wrong_people_file_is_one_readable_line_and_exit_1(
    tmp_path: Path, content: str, words: str
) -> None:
    path = tmp_path / "people.json"
    path.write_text(content, encoding="utf-8")

    code, errors = finish("--port", "0", "--people", str(path))

    assert code == 1
    assert errors.startswith(f"simulator: {path}: {words}")
    assert errors.count("\n") == 1


def test_the_people_file_fills_the_office_and_they_wait_for_the_bot(tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    path.write_text(json.dumps(OFFICE), encoding="utf-8")
    process = launch("--port", "0", "--people", str(path))
    assert process.stdout is not None
    url = process.stdout.readline().split()[1]

    people = httpx.get(f"{url}/api/people").json()
    state = httpx.get(f"{url}/api/state").json()
    process.terminate()
    process.communicate(timeout=120)

    assert [person["name"] for person in people] == ["Marlina Topale"]
    assert state["onboarding"] == "waiting for the bot"
    assert state["bot"]["username"] == "sigap_tes_bot"


@pytest.mark.parametrize("wrong", [("--start", "besok"), ("--token", "abc")])
def test_a_wrong_option_is_wrong_use(wrong: tuple[str, str]) -> None:
    code, errors = finish(*wrong)

    assert code == 2
    assert repr(wrong[1]) in errors


def test_a_dropped_call_was_not_accepted_and_a_dropped_answer_was(url: str) -> None:
    httpx.post(f"{url}/api/people/1001/start", json={})
    method = f"{url}/bot{TOKEN}/sendMessage"
    for kind in ("drop_before", "drop_after", "down"):
        httpx.post(f"{url}/api/faults", json={"kind": kind, "count": 1})
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.post(method, json={"chat_id": 1001, "text": kind})

    rows = httpx.get(f"{url}/api/people/1001/chats/1001/messages").json()
    assert [row["text"] for row in rows if row["from"]["bot"]] == ["drop_after"]


def test_live_events_go_on_after_the_last_one_seen(url: str) -> None:
    with httpx.stream("GET", f"{url}/api/events", params={"person": 1001}) as stream:
        lines = stream.iter_lines()
        events(lines, "hello")
        httpx.post(f"{url}/api/people/1001/start", json={"payload": "SATU"})
        seen = events(lines, "message")
    httpx.post(f"{url}/api/people/1001/start", json={"payload": "DUA"})

    again = {"Last-Event-ID": str(seen["event_id"])}
    with httpx.stream("GET", f"{url}/api/events", headers=again) as stream:
        missed = events(stream.iter_lines(), "message")

    assert (seen["text"], missed["text"]) == ("/start SATU", "/start DUA")


def test_a_page_from_another_session_is_told_to_load_anew(url: str) -> None:
    with httpx.stream("GET", f"{url}/api/events", headers={"Last-Event-ID": "1"}) as stream:
        assert events(stream.iter_lines(), "reset")["event_id"] > 1


def test_numbers_begin_above_those_of_an_earlier_session(url: str) -> None:
    sent = httpx.post(f"{url}/api/people/1001/start", json={}).json()

    assert sent["id"] > 1_000_000


class Receiver(BaseHTTPRequestHandler):
    answers: "Queue[int]" = Queue()
    received: "Queue[tuple[str | None, str]]" = Queue()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        secret = self.headers["X-Telegram-Bot-Api-Secret-Token"]
        self.received.put((secret, body["message"]["text"]))
        self.send_response(self.answers.get_nowait())
        self.end_headers()

    def log_message(self, *args: object) -> None:
        return


def test_a_webhook_gets_each_update_with_its_secret_until_it_says_200(url: str) -> None:
    for status in (500, 200, 200):
        Receiver.answers.put(status)
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    httpx.get(f"{url}/bot{TOKEN}/deleteWebhook", params={"drop_pending_updates": "true"})
    hook = {"url": f"http://127.0.0.1:{server.server_port}/x", "secret_token": "rahasia"}
    httpx.post(f"{url}/bot{TOKEN}/setWebhook", json=hook)

    for text in ("satu", "dua"):
        httpx.post(f"{url}/api/people/1001/chats/1001/text", json={"text": text})
    got = [Receiver.received.get(timeout=120) for _ in range(3)]
    info = httpx.get(f"{url}/bot{TOKEN}/getWebhookInfo").json()["result"]
    httpx.get(f"{url}/bot{TOKEN}/deleteWebhook")
    server.shutdown()
    server.server_close()

    assert got == [("rahasia", "satu"), ("rahasia", "satu"), ("rahasia", "dua")]
    assert info["last_error_message"] == "Wrong response from the webhook: 500"
