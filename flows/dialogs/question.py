"""Declarations of dialogs: questions, choices and the final act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from flows.model.changes import Decision
from flows.model.commands import Sent
from flows.model.conversation import Draft
from flows.model.empty import EMPTY
from flows.model.messages import Card
from flows.turn.turn import Turn

Answers = Mapping[str, Any]


class Choice(NamedTuple):
    """A button of a question; its label is `label`, or the text of `key` in texts.yaml.

    In a pick list the text of `key` is also given `dipilih`, whether it is ticked."""

    value: Any
    key: str = ""
    label: str = ""
    args: Mapping[str, Any] = EMPTY


class Question(NamedTuple):
    """`longest` 0: no free text. `parse` turns text into the answer or None (then `wrong`,
    with the further arguments that `explain` gives);
    `read_file` a file into the answer, or into the decision that refuses it. `is_list`: one
    choice a line, a page at a time."""

    name: str
    text: str
    args: Mapping[str, Any] = EMPTY
    choices: tuple[Choice, ...] = ()
    shortest: int = 1
    longest: int = 0
    parse: Callable[[str], Any] | None = None
    wrong: str = "tidak_dipahami"
    explain: Callable[[str], Mapping[str, Any]] | None = None
    is_many: bool = False
    is_list: bool = False
    takes_file: bool = False
    read_file: Callable[[Sent], Any] | None = None
    preset: tuple[Any, ...] = ()


Ask = Callable[[Turn, Answers], Question | None]
Summary = Callable[[Turn, Answers], Card]
Instead = Callable[[], Decision | None]


def fixed(question: Question) -> Ask:
    return lambda turn, answers: question


def after(name: str, *values: str, ask: Ask) -> Ask:
    """Asks only if the question of this name has one of these answers."""
    return lambda turn, answers: ask(turn, answers) if answers.get(name) in values else None


def summary_of(key: str, args: Callable[[Turn, Answers], Mapping[str, Any]]) -> Summary:
    return lambda turn, answers: Card(key, args(turn, answers))


@dataclass(frozen=True, slots=True)
class Dialog:
    """Questions in order (None: not asked), a summary with the act's label, and the act.

    `settle` may rework the answers after the one named; `divert` may give another dialog that
    takes over; `hear` may find that words are no answer, and what they do instead; `add_file`
    takes a file that no question asks for into the answers, or refuses it. Without a summary the
    last answer is the act. `editable` are the questions offered by "Ubah isian"; those whose `Ask`
    gives None unless wanted have a default. `leave_key` is the button that leaves a question with
    choices. `goes_back`: each question but the first, and the summary, has Kembali to the one
    before; the word "kembali" does the same.
    `needs` is a capability checked at the begin and at every answer: it may be lost meanwhile.
    `is_single`: only the present question stands in the chat; the former one goes once it is
    answered in words, which only a message below them can follow.
    """

    name: str
    questions: Mapping[str, Ask]
    finish: Callable[[Turn, Draft], Decision | None]
    summary: Summary | None = None
    editable: tuple[str, ...] = ()
    leave: Callable[[Turn, Draft], None] | None = None
    act_key: str = "act"
    leave_key: str = "batal"
    goes_back: bool = False
    is_single: bool = False
    needs: str = ""
    settle: Callable[[Turn, dict[str, Any], str], dict[str, Any]] | None = None
    divert: Callable[[Turn, Answers], Instead | None] | None = None
    hear: Callable[[Turn, Draft, str], Instead | None] | None = None
    add_file: Callable[[Turn, Answers, Sent], dict[str, Any] | Decision | None] | None = None
