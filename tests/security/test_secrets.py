"""No token and no key stands in the repository; those of the simulation say what they are."""

import re
import subprocess

from tests.kantor import ROOT

TOKEN = re.compile(rb"\b\d{6,}:[\w-]{30,}")
KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{36}\b")
# Parts of words that no real token would hold, of tokens the tests and the simulation use.
INVENTED = re.compile(rb"(?i)simula|uji|test|contoh|x{10}|a{10}|abcdef|secret|rahasia|token")


def test_no_secret_stands_in_a_file() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    names = [name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]

    found = [
        (name, secret)
        for name in names
        for pattern in (TOKEN, KEY)
        for secret in pattern.findall((ROOT / name).read_bytes())
        if not INVENTED.search(secret)
    ]

    assert names
    assert found == []
