"""The exception of the simulated Bot API: Telegram's error code and description."""

from typing import Any


class Refusal(Exception):
    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None):
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        further = {"parameters": self.parameters} if self.parameters else {}
        told = {"error_code": self.code, "description": self.description}
        return {"ok": False} | told | further


def bad_request(words: str) -> Refusal:
    return Refusal(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refusal:
    return Refusal(403, f"Forbidden: {words}")


def too_many_requests(seconds: int) -> Refusal:
    words = f"Too Many Requests: retry after {seconds}"
    return Refusal(429, words, {"retry_after": seconds})
