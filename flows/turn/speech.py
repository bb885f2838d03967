"""Output of one turn, in order: messages, answers to presses, reactions, removals."""

from collections.abc import Mapping
from typing import Any

from flows.model.addresses import answer_slot, is_slot, to_chat, to_person
from flows.model.commands import Clocked, Command, Pressed, Said, Sent, key_of
from flows.model.conversation import Slot
from flows.model.messages import (
    Attachment,
    BoardDue,
    Message,
    Outgoing,
    Reaction,
    Removal,
    Restored,
    Rows,
    Toast,
)
from flows.model.perintah import Perintah
from flows.model.view import View
from flows.office.people import Person


class Speech:
    """Collects `out`. Answers go to the person of the view, also while he records for another."""

    def __init__(self, view: View, command: Command) -> None:
        self.out: list[Outgoing] = []
        self._view = view
        self._command = command
        self._official: Person | None = None
        self._answers = 0

    def act_for(self, official: Person | None) -> None:
        """Sets whose act the person of the view records from now on; None: he acts himself."""
        self._official = official

    def say(self, message: Message | Restored) -> None:
        self.out.append(message)

    def tell(self, person: Person, key: str, args: Mapping[str, Any], **rest: Any) -> None:
        """Sends a separate message to a person."""
        self.say(Message(key=key, to=to_person(person.id), args=args, **rest))

    @property
    def pressed_slot(self) -> Slot | None:
        return self._view.slot if isinstance(self._command, Pressed) else None

    @property
    def here(self) -> str:
        """The recipient of answers: the person in private, or the chat of an unknown person."""
        if self._view.actor is not None:
            return to_person(self._view.actor.id)
        if isinstance(self._command, Clocked):
            raise LookupError("a tick is answered to nobody")
        return to_chat(self._command.origin.chat_id)

    def answer(
        self,
        key: str,
        args: Mapping[str, Any] | None = None,
        rows: Rows = (),
        *,
        about: str = "",
        attachments: tuple[Attachment, ...] = (),
        is_below: bool = False,
        slot: str = "",
    ) -> str:
        """Answers the sender silently; returns the slot of the answer."""
        if is_below:
            self._answers += 1
            slot = answer_slot(key_of(self._command), self._answers, is_below=True)
        slot = slot or self.answer_slot()
        self.say(
            Message(
                key=key,
                to=self.here,
                args={**self._in_whose_name(), **(args or {})},
                rows=rows,
                slot=slot,
                about=about,
                attachments=attachments,
                lane=0,
            )
        )
        return slot

    def answer_slot(self) -> str:
        """The slot of an answer: the message pressed, unless several tugas share it; a new
        message for words and files."""
        pressed = self.pressed_slot
        is_mine = pressed is not None and pressed.to == self.here
        if pressed is not None and is_mine and not is_slot(pressed.name, "papan"):
            return pressed.name
        self._answers += 1
        return answer_slot(key_of(self._command), self._answers)

    def toast(self, key: str = "", args: Mapping[str, Any] | None = None) -> None:
        if isinstance(self._command, Pressed):
            self.out.append(Toast(self._command.callback_id, key, args or {}, is_alert=bool(key)))

    def react(self) -> None:
        """Acknowledges with a reaction on the person's own message."""
        if isinstance(self._command, Said | Sent):
            origin = self._command.origin
            self.out.append(Reaction(origin.chat_id, origin.message_id))

    def remove_buttons(self, slot: str, to: str = "", *, is_over: bool = True) -> None:
        self.out.append(Removal(slot, is_over=is_over, to=to))

    def remove_message(self, slot: str, to: str = "") -> None:
        self.out.append(Removal(slot, is_whole=True, to=to))

    def board(self, perintah: Perintah) -> None:
        self.out.append(BoardDue(perintah.id))

    def strip_copy(self) -> None:
        """Removes the buttons of a pressed message without a slot; it is answered elsewhere."""
        if isinstance(self._command, Pressed) and self._view.slot is None:
            origin = self._command.origin
            self.out.append(Removal(chat_id=origin.chat_id, message_id=origin.message_id))

    def conclude(self) -> None:
        """Answers every press: one without words still ends the client's loading indicator."""
        if not any(isinstance(o, Toast) for o in self.out):
            self.toast()
        self.strip_copy()

    def _in_whose_name(self) -> Mapping[str, Any]:
        """Marks messages to an operator as concerning the act that he records for an official."""
        operator = self._view.actor
        if self._official is None or operator is None or self._official == operator:
            return {}
        names = {"pejabat": self._official.nama, "operator": operator.nama}
        return {"selesai": {"key": "atas_nama", "args": names}}
