"""The counter: what a person may ask at any time. Nothing here moves a perintah."""

from collections.abc import Iterable

from flows.deadlines.escalation import may_remind_all
from flows.enquiries import documents
from flows.enquiries.menus import commands_of_roles
from flows.model.board import where_units_stand
from flows.model.changes import Decision
from flows.model.messages import Menu, Rows
from flows.model.perintah import Perintah
from flows.model.view import Head
from flows.office.people import Penugasan, by_mandate
from flows.papers.pictures import capaian_picture, status_pictures
from flows.papers.unit_forms import file_name
from flows.turn.cards import paper, task_args, task_line
from flows.turn.turn import Turn, button, task_button

MOST_TASKS = 8
EVERYBODY = (
    "tugas",
    "status",
    "rekap",
    "disposisi",
    "notulen",
    "sop",
    "arsip",
    "verifikasi",
    "bantuan",
    "panduan",
    "latihan",
    "batal",
    "privasi",
)
ADMINS = ("grup", "sehat", "cadangkan")


def commands_of(turn: Turn, person_id: int | None) -> tuple[str, ...]:
    """The command menu of a person: that of his own roles, the first use first."""
    if person_id is None:
        return ("daftar", "bantuan")
    roles = {p.role for p in turn.posts_of(person_id)}
    first = {sop.first.performer for sop in turn.view.setting.book.current()}
    acting = [key for key, role in turn.office.roles.items() if role.acts_in_sop]
    first_ones = ("perintah",) if roles & first else ()
    return (
        *first_ones,
        *(name for name in commands_of_roles(roles, acting) if name not in first_ones),
        *EVERYBODY,
        *(ADMINS if "admin" in roles else ()),
    )


def greet(turn: Turn) -> Decision | None:
    """/start of somebody registered: his posts, his open tasks, his menu."""
    posts = turn.view.roster.posts(turn.person.id, turn.day)
    args = {
        "sapaan": turn.person.sapaan,
        "nama": turn.person.nama,
        "jabatan": titles(posts),
        "tugas": len(turn.view.todo),
    }
    turn.out.append(Menu(turn.here, commands_of(turn, turn.person.id)))
    turn.answer("selamat_datang", args)
    return None


def titles(posts: Iterable[Penugasan]) -> list[str]:
    """What a person is called by his posts, each title once."""
    named = (by_mandate(p.jenis, p.jabatan) for p in posts)
    return list(dict.fromkeys(named))


def list_tasks(turn: Turn) -> Decision | None:
    """/tugas: the most urgent first, each with its button."""
    urgent = sorted(turn.view.todo, key=lambda t: (t.due_at is None, t.due_at or t.opened_at))
    if not urgent:
        turn.answer("tanpa_tugas", {})
        return None
    lines = [task_line(turn, t) for t in urgent[:MOST_TASKS]]
    rows = tuple(
        (task_button(t, "buka_tugas_ke", "buka", ke=n),)
        for n, t in enumerate(urgent[:MOST_TASKS], start=1)
    )
    turn.answer("daftar_tugas", {"tugas": lines, "semua": len(urgent)}, rows)
    return None


def choose(turn: Turn, number: str, command: str) -> Decision | None:
    """/status and /rekap without a number: the only running one, else a choice of buttons."""
    heads = turn.view.heads
    if number:
        wanted = tuple(h for h in heads if is_numbered(h, number))
        if not wanted:
            return turn.refuse(
                "nomor_tak_ada", {"nomor": number, "ada": [h.nomor for h in heads][:5]}
            )
        heads = wanted
    if not heads:
        turn.answer("belum_ada_perintah", {})
        return None
    running = [h for h in heads if h.status in ("berjalan", "menunggu")]
    candidates = running if len(running) == 1 else list(heads)
    if len(candidates) == 1 and turn.work is not None and turn.work.id == candidates[0].id:
        return SHOWN[command](turn)
    rows = tuple(
        (button("pilih_perintah", command, f"p{h.id}", label=_head_label(turn, h)),)
        for h in candidates[:MOST_TASKS]
    )
    turn.answer(f"pilih_{command}", {}, rows)
    return None


def is_numbered(head: Head | Perintah, number: str) -> bool:
    """Whether the number typed means it: "1", "#001", "1/2026"."""
    plain = number.strip().lstrip("#")
    short, _, year = head.nomor.partition("/")
    said, _, said_year = plain.partition("/")
    return said.isdecimal() and int(said) == int(short) and said_year in ("", year)


def _head_label(turn: Turn, head: Head) -> str:
    sop = turn.view.setting.book.newest(head.sop)
    return f"{head.nomor} {sop.name}"[:40]


def show_status(turn: Turn) -> Decision | None:
    """The board in private: who holds what, since when, until when; never a figure."""
    perintah = turn.perintah
    args = {
        "nomor": perintah.nomor,
        "sop": turn.sop.name,
        "periode": perintah.period.label,
        "status": perintah.status,
        "target": perintah.target_at.isoformat(),
        "saat": turn.now.isoformat(),
        "papan": where_units_stand(perintah, turn.sop, turn.now),
        "tugas": [
            {**task_args(turn, t), "sejak": t.opened_at.isoformat(), "ditahan": t.state == "tahan"}
            for t in perintah.tugas
            if t.state in ("buka", "tahan")
        ],
        "tanpa_unit": list(perintah.skipped),
    }
    rows: Rows = ()
    if turn.actor is not None and may_remind_all(turn):
        rows = ((button("ingatkan_semua", "ingatkan", f"p{perintah.id}"),),)
    turn.answer("status", args, rows, attachments=status_pictures(turn), is_below=True)
    return None


def show_rekap(turn: Turn) -> Decision | None:
    """The rekap as xlsx and pdf: to all once it is posted, before that to those it lies with."""
    perintah = turn.perintah
    rekap = perintah.paper("rekap")
    if rekap is None or not _may_see_rekap(turn, perintah):
        turn.answer("rekap_belum", {"nomor": perintah.nomor})
        return None
    name = file_name(turn, "rekap", None, rekap.version)
    files = (*paper(turn, rekap, name, "pdf"), *paper(turn, rekap, name, "xlsx"))
    args = {
        "nomor": perintah.nomor,
        "periode": perintah.period.label,
        "versi": rekap.version,
        "digantikan": rekap.is_superseded,
        "selesai_perintah": perintah.status == "selesai",
        "kode": rekap.code,
    }
    turn.answer("rekap", args, attachments=files, is_below=True)
    picture = capaian_picture(turn, rekap)
    turn.answer("rekap_gambar", {"nomor": perintah.nomor}, attachments=(picture,), is_below=True)
    return None


def _may_see_rekap(turn: Turn, perintah: Perintah) -> bool:
    if perintah.status == "selesai":
        return True
    mine = {p.role for p in turn.posts_of(turn.person.id)}
    return bool(mine & turn.view.setting.book.leaders)


def help_for(turn: Turn) -> Decision | None:
    """/bantuan: what may be done now, by role."""
    posts = turn.posts_of(turn.person.id) if turn.actor else ()
    args = {
        "peran": list(dict.fromkeys(turn.office.role(p.role).label for p in posts)),
        "perintah": list(commands_of(turn, turn.actor.id if turn.actor else None)),
        "tugas": [task_args(turn, turn.view.tugas)] if turn.view.tugas and turn.work else [],
        "jenis": turn.act(turn.view.tugas).kind if turn.view.tugas and turn.work else "",
    }
    turn.answer("bantuan", args, _help_rows(turn))
    return None


def _help_rows(turn: Turn) -> Rows:
    tugas = turn.view.tugas
    if tugas is None or not tugas.is_open:
        return ()
    return ((task_button(tugas, "buka_tugas", "buka"),),)


SHOWN = {"status": show_status, "rekap": show_rekap, **documents.SHOWN}
