"""Button labels compared by their words, without icons and additions."""

import re

from simulator.world.world import Button, Message

ACTS = (
    "Terbitkan",
    "Teruskan",
    "Pakai format baku",
    "Kirim ke semua unit",
    "Catat rapat",
    "Kirim",
    "Tetap kirim",
    "Ajukan",
    "Validasi",
    "Sampaikan",
    "Terima",
    "Paraf",
    "Tanda tangani",
    "Terbukti",
    "Kirim ke unit terdampak",
    "Setujui",
)
SENDING = ("Kirim", "Tetap kirim")
AGAIN = "Kirim ulang berkas"
FILLING = "Isi lewat chat"
WAYS_BACK = ("Batal", "Kembali")

_ICON = re.compile(r"^[\W_]+")
_TICKED = re.compile(r"Lanjut \(\d+\)")


def plain(text: str) -> str:
    """The words of a label without the icon before them."""
    return _ICON.sub("", text).strip()


def says(text: str, label: str) -> bool:
    """Whether a button's text is this label, an icon before or whole words after it apart."""
    pattern = re.escape(label.casefold()) + r"(?!\w)"
    return re.match(pattern, plain(text).casefold()) is not None


def buttons_of(message: Message) -> list[Button]:
    return [button for row in message.keyboard for button in row if button.kind == "callback"]


def named(message: Message, label: str) -> Button | None:
    return next((button for button in buttons_of(message) if says(button.text, label)), None)


def act_of(button: Button) -> str | None:
    """The act this button does; of "Kirim" and "Kirim ke semua unit" the longer that fits."""
    if says(button.text, AGAIN):
        return None
    return max((act for act in ACTS if says(button.text, act)), key=len, default=None)


def is_question(message: Message) -> bool:
    """Whether the message is a dialog's question: only those offer Batal."""
    return any(says(button.text, way) for button in buttons_of(message) for way in WAYS_BACK)


def choice(message: Message, label: str) -> Button | None:
    """The act's label where it stands, the way on from a list with something ticked, else the
    first button that is not Batal or Kembali."""
    ways_on = [
        button
        for button in buttons_of(message)
        if not any(says(button.text, way) for way in WAYS_BACK)
    ]
    act = next((button for button in ways_on if label and says(button.text, label)), None)
    ready = next((button for button in ways_on if _TICKED.match(plain(button.text))), None)
    return act or ready or next(iter(ways_on), None)
