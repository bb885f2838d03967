"""The compiled texts beside the texts: read back as long as they are whole and of these texts."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.wording.wording import TEXTS, Compiled, TextsInvalid, Wording
from flows.text.yaml import read_yaml

CODE = {"pesan.a": compile("1 + 1", "a", "eval")}


def kept_in(folder: Path) -> Path:
    [path] = (folder / "__pycache__").iterdir()
    return path


def texts_in(folder: Path, **menu: str) -> Path:
    """The bot's own texts without its messages, which are most of what there is to compile."""
    texts = read_yaml(TEXTS.read_text("utf-8"))[0]
    texts |= {"bagian": {}, "pesan": {}, "akhir": {}, "temuan": {}, "menu": texts["menu"] | menu}
    path = folder / "texts.yaml"
    path.write_text(yaml.safe_dump(texts, allow_unicode=True), "utf-8")
    return path


def test_what_was_compiled_is_read_back(tmp_path: Path) -> None:
    Compiled(tmp_path / "texts.yaml", "rules").keep(CODE)

    assert Compiled(tmp_path / "texts.yaml", "rules").read() == CODE
    assert Compiled(tmp_path / "texts.yaml", "other rules").read() == {}


def cut(content: bytes) -> bytes:
    return content[:-10]


def turned(content: bytes) -> bytes:
    return content[:-10] + bytes([content[-10] ^ 1]) + content[-9:]


def emptied(content: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [cut, turned, emptied])
def test_what_is_damaged_is_compiled_anew(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    texts = texts_in(tmp_path)
    whole = Wording(texts).toast("menu.tugas", {})
    path = kept_in(tmp_path)
    path.write_bytes(damage(path.read_bytes()))

    assert Wording(texts).toast("menu.tugas", {}) == whole
    assert readable(texts)


def test_a_changed_text_is_said_as_it_is_now(tmp_path: Path) -> None:
    texts = texts_in(tmp_path)
    Wording(texts)
    former = kept_in(tmp_path).read_bytes()

    texts_in(tmp_path, tugas="Yang kini menunggu")

    assert Wording(texts).toast("menu.tugas", {}) == "Yang kini menunggu"
    assert kept_in(tmp_path).read_bytes() != former


def test_a_mistake_is_found_however_often_it_is_started(tmp_path: Path) -> None:
    texts = texts_in(tmp_path, tugas="{{ perintah|tak_ada(5) }}")

    for _ in range(2):
        with pytest.raises(TextsInvalid):
            Wording(texts)
    assert not (tmp_path / "__pycache__").exists()


def test_where_nothing_can_be_kept_it_starts_all_the_same(tmp_path: Path) -> None:
    texts = texts_in(tmp_path)
    (tmp_path / "__pycache__").write_text("in the way", "utf-8")

    assert Wording(texts).toast("menu.tugas", {})


def readable(texts: Path) -> bool:
    """Whether the code that lies there is of use to the next start."""
    before = kept_in(texts.parent).stat().st_mtime_ns
    Wording(texts)
    return kept_in(texts.parent).stat().st_mtime_ns == before
