"""/panduan and /latihan: guides as papers; replies to /latihan that reach the real office."""

from flows.model.changes import Decision
from flows.model.messages import Attachment
from flows.turn.command import ChatCommand, everybody, plain
from flows.turn.turn import Turn

GUIDE, ADMIN_GUIDE = "panduan-pejabat", "panduan-admin"


def guides(turn: Turn) -> Decision | None:
    """/panduan: one page a role, and a further guide for administrators."""
    is_admin = turn.person in turn.authority.admins
    names = (GUIDE, ADMIN_GUIDE) if is_admin else (GUIDE,)
    papers = tuple(Attachment("panduan", name, "pdf") for name in names)
    return turn.answer("panduan", {"admin": is_admin}, attachments=papers)


def practice(turn: Turn) -> Decision:
    """/latihan reaches the real office only from the group or an unknown person: says why."""
    return turn.refuse("latihan_pribadi", {})


GUIDES = ChatCommand("panduan", plain(guides), everybody)
PRACTICE = ChatCommand("latihan", plain(practice), everybody)
