"""What each answer of a dialog has changed, so that Kembali can take the last one back."""

from collections.abc import Mapping
from typing import Any

# Among the answers of a draft: a change for each answer given, the latest last.
HISTORY = "_jalan"
BEFORE, ADDED = "semula", "baru"


def with_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The answers `after` one was given, with what it has changed in those `before` it."""
    former = without_history(before)
    lost = {key: value for key, value in former.items() if after.get(key, ...) != value}
    change = {BEFORE: lost, ADDED: [key for key in after if key not in former]}
    return {**after, HISTORY: [*before.get(HISTORY, ()), change]}


def taken_back(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they were before the last one."""
    *earlier, last = answers[HISTORY]
    kept = {k: v for k, v in without_history(answers).items() if k not in last[ADDED]}
    return {**kept, **last[BEFORE], HISTORY: earlier}


def without_history(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answers.items() if key != HISTORY}
