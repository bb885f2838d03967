"""Any number of perintah: tasks, morning lines, numbers and orders find the oldest one."""

from datetime import timedelta

import pytest

from bot.alerts import HEARTBEAT
from bot.deciding.morning import Morning
from bot.wording.wording import Wording
from flows.model.changes import Decision, EndPost, GivePost
from flows.model.commands import Digested
from flows.model.messages import Button
from flows.office.people import MarkProxied
from flows.office.period import Period
from tests.bot.screen import seen
from tests.conftest import Stage
from tests.kantor import Kantor, Seen, wita
from tests.officials import ADMIN, KADIS, OPERATOR

LATER = 60
WORDING = Wording()


def crowded(stage: Stage, *acts: tuple[str, str]) -> Kantor:
    """001 runs; 60 later ones run too, of other periods, and one more is of a former year.
    Each later one has the same open tugas of these acts and units as 001."""
    kantor = stage("working")
    tugas = tuple(kantor.tugas(1, *act) for act in acts)
    first = kantor.perintah(1)._replace(tugas=(), bagian=(), data=(), temuan=(), dokumen=())
    former = first._replace(id=2, number=7, year=2024, period=Period(2024, 2), status="selesai")
    later = (
        first._replace(
            id=3 + n,
            number=2 + n,
            period=Period(2000 + n // 4, 1 + n % 4),
            tugas=tuple(t._replace(perintah_id=3 + n, seq=seq) for seq, t in enumerate(tugas, 1)),
        )
        for n in range(LATER)
    )
    with kantor.store.transaction() as tx:
        tx.apply(Decision(perintah=(former, *later)), "later", kantor.now)
    return kantor


def move_away(kantor: Kantor, name: str) -> None:
    """His posts end, and he fills rows of a unit from now on."""
    yesterday, person = kantor.now.date() - timedelta(days=1), kantor.people[name]
    with kantor.store.transaction() as tx:
        held = tx.office.roster().penugasan
        ends = tuple(EndPost(p.id, yesterday) for p in held if p.person_id == person)
        new = GivePost(person, "pelaksana", "SEK", "Pelaksana", "definitif", yesterday, None, "")
        tx.apply(Decision(changes=(*ends, new)), "moved", kantor.now)


def words(message: Seen) -> str:
    return seen(WORDING.say(message.key, message.args, message.rows).text)


def test_the_holder_finds_his_tasks_and_has_his_morning_line(stage: Stage) -> None:
    kantor = crowded(stage)
    kantor.say("Herlina", "/tugas")
    listed = words(kantor.last("Herlina"))
    kantor.now = wita(25, "07.45")
    kantor.do(Digested(kantor.people["Herlina"], "pagi"))

    assert "Tugas yang menunggu (1)" in listed
    assert "No. 001/2026, batas Rab 25 Nov 08.30" in listed
    assert words(kantor.last("Herlina")).startswith("Selamat pagi. Tugas hari ini (Rabu")


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("/status 1", "No. 001/2026"),
        ("/rekap 1", "Rekap No. 001/2026 belum tersedia."),
        ("/arsip 1", "Arsip perintah No. 001/2026 (belum selesai)."),
        ("/hentikan 1", "Perintah No. 001/2026 akan dihentikan."),
        ("/ubah 1", "Apa yang diubah pada perintah No. 001/2026?"),
        ("/status 7/2024", "No. 007/2024 · selesai"),
    ],
)
def test_a_perintah_is_found_by_its_number(stage: Stage, said: str, answered: str) -> None:
    kantor = crowded(stage)

    kantor.say(KADIS, said)

    told = [seen for seen in kantor.chat(KADIS) if seen.key != "status_gambar"]
    assert words(told[-1]).startswith(answered)


def test_the_same_order_is_not_given_twice(stage: Stage) -> None:
    kantor = crowded(stage)

    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")

    assert "sedang berjalan: No. 001/2026." in words(kantor.last(KADIS))


def test_an_outage_moves_the_limits_of_all_that_run(stage: Stage) -> None:
    kantor = crowded(stage)
    before = kantor.tugas(1, "7", "KBK").due_at
    with kantor.store.transaction() as tx:
        tx.office.set_meta(HEARTBEAT, kantor.now.isoformat())
    kantor.pass_minutes(60)

    Morning(kantor.store, kantor.setting).tick(kantor.now)

    after = kantor.tugas(1, "7", "KBK").due_at
    assert before is not None
    assert after == before + timedelta(hours=1)


def paged(kantor: Kantor, name: str) -> list[Seen]:
    """The list before the person, page by page to its last one."""
    pages = [kantor.before_him(name)]
    while "›" in [words_of(b) for b in pages[-1].buttons]:
        kantor.press(name, "sesudah", pages[-1])
        turned = kantor.before_him(name)
        if turned.buttons == pages[-1].buttons:
            break
        pages.append(turned)
    return pages


def words_of(shown: Button) -> str:
    markup = WORDING.say("tanya_sop", {}, ((shown,),)).markup
    assert markup is not None
    return str(markup[0][0]["text"])


@pytest.mark.parametrize(
    ("said", "name", "how_many"),
    [
        ("/status", KADIS, LATER + 2),
        ("/rekap", KADIS, LATER + 2),
        ("/arsip", KADIS, LATER + 2),
        ("/hentikan", KADIS, LATER + 1),
        ("/ubah", KADIS, LATER + 1),
        ("/tugas", "Herlina", LATER + 1),
        ("/kendala", "Herlina", LATER + 1),
        ("/perpanjangan", "Herlina", LATER + 1),
    ],
)
def test_a_list_is_turned_to_its_last_line(
    stage: Stage, said: str, name: str, how_many: int
) -> None:
    kantor = crowded(stage, ("7", "KBK"))
    kantor.say(name, said)

    pages = paged(kantor, name)

    found = [b.ref for page in pages for b in page.buttons if not b.ref.startswith("k")]
    assert (len(found), len(set(found))) == (how_many, how_many)
    assert [words_of(b) for b in pages[-1].buttons][-3:] == ["‹", "7/7", "›"]


def test_a_line_of_a_later_page_opens_its_tugas(stage: Stage) -> None:
    kantor = crowded(stage, ("7", "KBK"))
    kantor.say("Herlina", "/tugas")

    last = paged(kantor, "Herlina")[-1]
    kantor.press_data("Herlina", last.id, last.buttons[0].data)

    assert "55. Validasi data KBK" in words(last)
    assert "61. Validasi data KBK" in words(last), "no line of a page is cut off"
    assert words_of(last.buttons[0]) == "Buka tugas 55"
    assert kantor.before_him("Herlina").key == "tugas_validasi"


def test_what_the_operator_may_record_is_turned_to_its_last_line(stage: Stage) -> None:
    kantor = crowded(stage, ("7", "KBK"))
    with kantor.store.transaction() as tx:
        tx.apply(Decision(changes=(MarkProxied(kantor.people["Herlina"], True),)), "m", kantor.now)
    kantor.say(OPERATOR, "/catat")

    pages = paged(kantor, OPERATOR)

    assert sum(len(page.args["tugas"]) for page in pages) == LATER + 1
    assert f"{LATER + 1}. Herlina" in words(pages[-1])


@pytest.mark.parametrize(
    ("said", "name", "whose"),
    [
        ("/hentikan", KADIS, "Kepala Dinas"),
        ("/ubah", KADIS, "Kepala Dinas"),
        ("/catat", OPERATOR, "Operator"),
    ],
)
def test_a_page_is_not_turned_by_whoever_has_lost_the_right(
    stage: Stage, said: str, name: str, whose: str
) -> None:
    kantor = crowded(stage, ("7", "KBK"))
    with kantor.store.transaction() as tx:
        tx.apply(Decision(changes=(MarkProxied(kantor.people["Herlina"], True),)), "m", kantor.now)
    kantor.say(name, said)
    shown = kantor.before_him(name)
    move_away(kantor, name)

    kantor.press(name, "sesudah", shown)

    assert f"oleh {whose}" in kantor.last(name).text
    assert "pilih_perintah" not in kantor.last(name).labels


def test_figures_are_not_paged_by_whoever_has_lost_the_post(stage: Stage) -> None:
    kantor = stage("closing")
    kantor.press(KADIS, "lihat_data")
    shown = kantor.before_him(KADIS)
    move_away(kantor, KADIS)

    kantor.press(KADIS, "sesudah", shown)

    assert (shown.key, shown.args["hal"]) == ("lihat_data", 1)
    assert kantor.again(KADIS, shown).text == shown.text


def test_a_dialog_does_not_go_on_for_whoever_has_lost_the_right(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(ADMIN, "/pejabat")
    kantor.press(ADMIN, "tetapkan_pejabat")
    asked = kantor.question(ADMIN)
    move_away(kantor, ADMIN)

    kantor.press(ADMIN, "Kepala Dinas", asked)

    assert "oleh Admin Sistem" in kantor.last(ADMIN).text


def test_late_tasks_of_others_are_counted_in_the_morning(stage: Stage) -> None:
    kantor = crowded(stage, ("7", "KBK"))
    kantor.now = wita(27, "08.15")

    kantor.do(Digested(kantor.people[KADIS], "pagi"))

    assert f"… dan {LATER + 4 - 3} lainnya pada bawahan" in words(kantor.last(KADIS))


def test_an_unknown_number_is_answered_with_those_there_are(stage: Stage) -> None:
    kantor = crowded(stage)

    kantor.say(KADIS, "/status 999")

    assert words(kantor.last(KADIS)).endswith(f"058/2026, 057/2026 … dan {LATER - 3} lainnya.")
