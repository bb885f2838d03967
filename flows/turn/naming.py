"""How messages name steps and posts: short names of the SOP, titles of the staff list."""

from typing import TypedDict

from flows.office.people import Penugasan, Person, Post, by_mandate
from flows.sops.sop import Sop
from flows.turn.turn import Turn


class StepArgs(TypedDict):
    """`langkah` is None for an act of the closing; `singkat` is the name of the act in lists,
    `uraian` the act as its holder's own."""

    langkah: int | None
    singkat: str
    uraian: str


class PostArgs(TypedDict):
    """The holder of a post; `jenis` is "Plt" or "Plh" for an acting one, else empty. `jabatan` is
    the title of the staff list without it; `bernama`: he is addressed by name."""

    sapaan: str
    nama: str
    peran: str
    jabatan: str
    unit: str | None
    jenis: str
    bernama: bool


def step_args(sop: Sop, code: str) -> StepArgs:
    step = sop.step_of(code)
    return {
        "langkah": step.number if step else None,
        "singkat": sop.name_of(code),
        "uraian": sop.task_of(code),
    }


def post_args(turn: Turn, post: Post, person: Person | None) -> PostArgs:
    """The post as filled by the person; None: nobody fills it."""
    seat = turn.office.seat(post)
    role = turn.office.role(seat.role)
    held = turn.authority.mandate_of(person.id, post) if person else None
    return {
        "sapaan": person.sapaan if person else "Bapak/Ibu",
        "nama": person.nama if person else "",
        "peran": role.label,
        "jabatan": post_title(turn, post, person),
        "unit": seat.unit,
        "jenis": held.jenis if held and held.is_acting else "",
        "bernama": is_by_name(turn, seat),
    }


def post_title(turn: Turn, post: Post, person: Person | None = None) -> str:
    """The title of the staff list: of the person's own penugasan in the post, else of whoever
    holds or held it; of a post that nobody ever held or several may hold, by its role and the
    name of its unit."""
    seat = turn.office.seat(post)
    label = turn.office.role(seat.role).label
    held = turn.authority.mandate_of(person.id, post) if person else None
    others = turn.view.roster.titles(seat, turn.day) if not is_by_name(turn, seat) else ()
    found = (held.jabatan if held else "", *others)
    # The bare label of a unit's role names no unit: former versions wrote it for /pejabat.
    named = (title for title in found if title and (seat.unit is None or title != label))
    return next(named, None) or full_title(turn, seat)


def held_title(turn: Turn, held: Penugasan) -> str:
    """The title of a penugasan, of today or not."""
    is_bare = held.unit is not None and held.jabatan == turn.office.role(held.role).label
    return post_title(turn, held.post) if is_bare or not held.jabatan else held.jabatan


def acting_title(turn: Turn, post: Post, mandate: str, person: Person | None = None) -> str:
    """The title with the mandate by which it was used: Plh. Kepala Dinas."""
    return by_mandate(mandate, post_title(turn, post, person))


def is_by_name(turn: Turn, seat: Post) -> bool:
    """Whether the holders of the post are called by their names."""
    role = turn.office.role(seat.role)
    return bool(role.fallback) or role.limit is None


def held_name(turn: Turn, post: Post, person: Person) -> str:
    """The post as the person holds it today: Plt. Kepala Bidang Dalduk."""
    held = turn.authority.mandate_of(person.id, post)
    return acting_title(turn, post, held.jenis, person) if held else post_title(turn, post, person)


def full_title(turn: Turn, post: Post) -> str:
    """The title without abbreviation: that of the Kepala Dinas contains the office's full name."""
    label = turn.office.role(post.role).label
    instansi = turn.office.instansi.nama
    first = instansi.split(maxsplit=1)[0]
    if post.unit is None and label.casefold().endswith(first.casefold()):
        return f"{label[: -len(first)]}{instansi}"
    if post.unit is None:
        return label
    name = turn.office.unit(post.unit).nama
    kind = name.split(maxsplit=1)[0]
    head = label.removesuffix(kind).rstrip() if label.endswith(kind) else label
    return f"{head} {name}"
