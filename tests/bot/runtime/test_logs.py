"""The log holds events and fields, and never a token."""

import json
import logging
from collections.abc import Iterator

import pytest

from bot.runtime.logs import LogFormat, redact, start_log

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123"


@pytest.fixture(autouse=True)
def kept_root() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)


def test_a_token_is_taken_out() -> None:
    url = f"https://api.telegram.org/bot{TOKEN}/getMe"

    assert redact(url) == "https://api.telegram.org/bot<token>/getMe"


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_token_gets_out_by_a_traceback(
    form: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    start_log("DEBUG", form)

    try:
        raise ValueError(f"GET /bot{TOKEN}/getFile failed")
    except ValueError:
        logging.getLogger("bot.test").exception("fetch_failed", extra={"url": TOKEN})

    told = capsys.readouterr().err
    assert "fetch_failed" in told
    assert "ValueError" in told
    assert TOKEN not in told


def test_a_traceback_shows_no_local_variable(capsys: pytest.CaptureFixture[str]) -> None:
    start_log("INFO", "text")
    nama = "Ibu Rahasia"

    try:
        raise ValueError("kosong") from KeyError(len(nama))
    except ValueError:
        logging.getLogger("bot.test").exception("item_failed")

    told = capsys.readouterr().err
    assert "item_failed" in told
    assert "Rahasia" not in told


def test_json_has_the_event_and_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    start_log("INFO", "json")

    logging.getLogger("bot.test").info("delivered", extra={"outbox_id": 7})

    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["outbox_id"], line["level"]) == ("delivered", 7, "info")
    assert line["timestamp"].endswith("Z")


def test_the_http_client_does_not_tell_its_addresses(capsys: pytest.CaptureFixture[str]) -> None:
    start_log("DEBUG", "text")

    logging.getLogger("httpx").info("HTTP Request: POST https://x/bot%s/getMe", TOKEN)

    assert capsys.readouterr().err == ""
