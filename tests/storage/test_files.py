import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.files import Files


def test_a_file_is_found_under_the_hash_of_its_content(tmp_path: Path) -> None:
    files = Files(tmp_path)

    sha256 = files.keep(b"isi")

    assert sha256 == hashlib.sha256(b"isi").hexdigest()
    assert files.has(sha256)
    assert files.path(sha256).read_bytes() == b"isi"
    assert files.path(sha256) == tmp_path / "files" / sha256[:2] / sha256


def test_a_path_is_copied_and_stays_where_it_was(tmp_path: Path) -> None:
    source = tmp_path / "a.bin"
    source.write_bytes(b"isi")

    sha256 = Files(tmp_path).keep(source)

    assert source.read_bytes() == Files(tmp_path).path(sha256).read_bytes()


def test_the_same_content_is_one_file_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.keep(b"isi")

    sha256 = files.keep(b"isi")

    assert [path.name for path in files.path(sha256).parent.iterdir()] == [sha256]


def test_a_file_that_is_not_there_is_not_had(tmp_path: Path) -> None:
    assert not Files(tmp_path).has("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "AB" * 32, "0" * 63])
def test_no_other_name_leads_into_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no SHA-256"):
        Files(tmp_path).path(name)


def test_an_old_file_is_removed_unless_it_was_kept_again(tmp_path: Path) -> None:
    files, before = Files(tmp_path), datetime.now(UTC) - timedelta(days=1)
    for content in (b"lama", b"lagi"):
        long_ago = (before - timedelta(days=1)).timestamp()
        os.utime(files.path(files.keep(content)), (long_ago, long_ago))
    old = files.older(before)
    young, again = files.keep(b"baru"), files.keep(b"lagi")

    removed = {sha256 for sha256 in (*old, young) if files.remove(sha256, before)}

    assert removed == {hashlib.sha256(b"lama").hexdigest()}
    assert files.has(young)
    assert files.has(again)
