"""Commands of the chat: each declared once, with its words, its menu and what it needs."""

import pytest
import yaml

from bot.wording.wording import TEXTS
from flows.engine.commands import DECLARED, facts_of, showing
from flows.model.messages import Menu
from flows.turn.command import COMMANDS, ChatCommand, by_verb, declare, nobody
from tests.conftest import Stage

EVERYBODY = {
    "status", "rekap", "disposisi", "sop", "verifikasi", "bantuan", "panduan", "latihan", "batal",
    "privasi",
}  # fmt: skip
TASKS = {"tugas", "notulen"}
ADMIN = {"pejabat", "pegawai", "libur", "siap", "grup", "sehat", "cadangkan"}
MENUS = {
    "Marlina": {*TASKS, "perintah", "hentikan", "ubah", "siap", "arsip"},
    "Ardin": {*TASKS, "perintah", "kendala", "perpanjangan", "pejabat", "siap", "arsip"},
    "Rusdin": {*TASKS, "kendala", "perpanjangan", "arsip"},
    "Dedi": {*TASKS, "kendala", "perpanjangan"},
    "Taufik": {*TASKS, "perintah", "catat", "arsip"},
    "Rizal": ADMIN,
}


def test_every_command_of_a_menu_has_its_words() -> None:
    words = yaml.safe_load(TEXTS.read_text("utf-8"))["menu"]
    shown = [command.name for command in DECLARED if command.seen_by is not nobody]

    wordless = [
        f"/{name}: no menu.{name} in bot/texts.yaml" for name in shown if name not in words
    ]
    unused = [f"menu.{name}: no such command in flows/engine/commands.py" for name in words
              if name.partition("_")[0] not in COMMANDS]  # fmt: skip

    assert wordless + unused == []
    assert len(shown) > 20


@pytest.mark.parametrize(("name", "own"), MENUS.items())
def test_the_menu_holds_what_the_roles_of_a_person_may_use(
    stage: Stage, name: str, own: set[str]
) -> None:
    kantor = stage("open")
    decision = kantor.say(name, "/start")

    (menu,) = (out.commands for out in decision.out if isinstance(out, Menu))
    assert set(menu) == own | EVERYBODY
    assert len(menu) == len(set(menu))


def test_a_command_is_declared_once() -> None:
    with pytest.raises(ValueError, match="/tugas is declared already"):
        declare(ChatCommand("tugas", lambda turn, rest: None))
    with pytest.raises(ValueError, match="/lihat is declared already"):
        declare(
            ChatCommand("lihat", lambda turn, rest: None, show=lambda turn: None, verb="rekap")
        )
    assert "lihat" not in COMMANDS


def test_a_command_declared_with_show_is_one_for_a_single_perintah() -> None:
    assert {"status", "rekap", "hentikan", "ubah"} <= showing()
    assert not {"tugas", "bantuan", "kendala"} & showing()


def test_buttons_and_outside_facts_follow_from_the_declaration() -> None:
    assert by_verb("ubah_p") is COMMANDS["ubah"].show
    assert by_verb("ubah") is None
    assert by_verb("tugas") is None, "it shows no single perintah"
    assert [facts_of(n) for n in ("sehat", "cadangkan", "grup", "tugas", "tak_ada")] == [
        "condition", "backup", "member", "", "",
    ]  # fmt: skip
