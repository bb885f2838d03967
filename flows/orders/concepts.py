"""Concepts of an order: proposed by who may draft one, issued or refused by who may order."""

from collections.abc import Callable, Mapping
from typing import Any

from flows.model.addresses import ref_to, slot_name, to_person
from flows.model.changes import Decision, Propose, Settle
from flows.model.conversation import CONCEPT, Draft
from flows.model.messages import Card
from flows.office.people import Post
from flows.turn.cards import person_args
from flows.turn.naming import post_title
from flows.turn.superiors import addressee
from flows.turn.turn import Turn, button

KIND = "konsep"
Begin = Callable[[Mapping[str, Any]], Decision | None]


def propose(turn: Turn, draft: Draft, card: Card, key: str = "konsep_perintah") -> Decision | None:
    """Sends the complete concept to everybody who may issue it."""
    body = {name: value for name, value in draft.answers.items() if not name.startswith("_")}
    number = turn.view.next_permohonan
    turn.changes.append(Propose(number, KIND, turn.person.id, body))
    turn.record("ConceptMade", sop=str(body["sop"]))
    args = {**card.args, "dari": addressee(turn, turn.person)}
    ref = ref_to("permohonan", number)
    use = (button("lihat_konsep", "setuju", ref), button("tolak", "tampik", ref))
    performer = turn.view.setting.book.newest(str(body["sop"])).first.performer
    for person in turn.authority.post_holders(performer):
        turn.speech.tell(
            person,
            key,
            args,
            rows=(use,),
            is_ring=True,
            slot=slot_name("konsep", ref, to_person(person.id)),
            unique=f"konsep:{number}",
        )
    receiver = post_title(turn, Post(performer))
    return turn.answer("konsep_disampaikan", {**card.args, "penerima": receiver})


def settle(turn: Turn, verb: str, may_issue: bool, begin: Begin) -> Decision | None:
    """Opens a concept at the order's summary, or tells the drafter of its refusal. It is settled
    once the order is issued: until then whoever leaves the summary still has it."""
    found = turn.view.permohonan
    if found is None or found.kind != KIND or found.outcome:
        return turn.refuse_toast("permohonan_selesai")
    if not may_issue or verb not in ("setuju", "tampik"):
        return turn.refuse_toast("bukan_kewenangan")
    if verb == "setuju":
        return begin({**found.body, CONCEPT: found.id})
    _judge(turn, found.id, "ditolak")
    args = {"oleh": addressee(turn, turn.person), "dari": person_args(turn, found.person_id)}
    if (drafter := turn.view.roster.person(found.person_id)) is not None:
        turn.speech.tell(drafter, "konsep_ditolak", args, unique=f"konsep:{found.id}:ditolak")
    return turn.answer("konsep_ditolak", args)


def use(turn: Turn) -> None:
    """Settles the concept from which the present draft was begun, once its order is issued."""
    found = turn.view.permohonan
    if found is not None and found.kind == KIND and not found.outcome:
        _judge(turn, found.id, "dipakai")


def _judge(turn: Turn, number: int, outcome: str) -> None:
    turn.changes.append(Settle(number, outcome))
    turn.record("ConceptJudged", outcome=outcome)
