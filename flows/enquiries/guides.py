"""Where one learns: the guides as papers, and what is said of /latihan outside of it."""

from flows.model.changes import Decision
from flows.model.messages import Attachment
from flows.turn.command import ChatCommand, everybody, plain
from flows.turn.turn import Turn

GUIDE, ADMIN_GUIDE = "panduan-pejabat", "panduan-admin"


def guides(turn: Turn) -> Decision | None:
    """/panduan: one page a role; administrators have their own beside it."""
    is_admin = turn.person in turn.authority.admins
    names = (GUIDE, ADMIN_GUIDE) if is_admin else (GUIDE,)
    papers = tuple(Attachment("panduan", name, "pdf") for name in names)
    turn.speech.answer("panduan", {"admin": is_admin}, attachments=papers)
    return None


def practice(turn: Turn) -> Decision:
    """/latihan that reaches the real office was not sent in a private chat of somebody known."""
    return turn.refuse("latihan_pribadi", {})


GUIDES = ChatCommand("panduan", plain(guides), everybody)
PRACTICE = ChatCommand("latihan", plain(practice), everybody)
