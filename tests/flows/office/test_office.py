from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.office.kantor import Moment, Office, OfficeInvalid
from flows.office.people import Penugasan, Person, Post, Roster

TEXT = (Path(__file__).parents[3] / "kantor.yaml").read_text("utf-8")
DAY = date(2026, 11, 24)

ARDIN, FADLI, IRMA, WAHYUNI, DEDI, NURDIANA = range(1, 7)


@pytest.fixture(scope="module")
def office() -> Office:
    return Office.parse(TEXT, "kantor.yaml")


def edited(change: Callable[[dict[str, Any]], object]) -> str:
    document = yaml.safe_load(TEXT)
    change(document)
    return yaml.safe_dump(document)


def mistakes(text: str) -> list[str]:
    with pytest.raises(OfficeInvalid) as refusal:
        Office.parse(text, "kantor.yaml")
    return [line.removeprefix("kantor.yaml: ") for line in str(refusal.value).splitlines()]


def held(number: int, person: int, role: str, unit: str | None = None, **more: Any) -> Penugasan:
    return Penugasan(number, person, role, unit, role, **more)


def roster(*penugasan: Penugasan) -> Roster:
    people = tuple(Person(number, f"Contoh {number}", None, "") for number in range(1, 7))
    return Roster(people, penugasan)


def ids(office: Office, given: Roster, post: Post, day: date = DAY) -> list[int]:
    return [person.id for person in office.holders(given, post, day)]


def test_the_example_office_has_its_units_and_roles(office: Office) -> None:
    assert office.unit_codes == ("SEK", "DAL", "KBK", "PPR", "PPA")
    assert office.unit("SEK").nama == "Sekretariat"
    assert office.role("kepala_unit").label == "Kepala Bidang"
    assert office.is_per_unit("pelaksana")
    assert not office.is_per_unit("sekretaris")


def test_the_kepala_unit_of_the_sekretariat_is_the_sekretaris_himself(office: Office) -> None:
    given = roster(held(1, ARDIN, "sekretaris"), held(2, FADLI, "pelaksana", "SEK"))

    assert office.seat(Post("kepala_unit", "SEK")) == Post("sekretaris")
    assert ids(office, given, Post("kepala_unit", "SEK")) == [ARDIN]
    assert office.posts_of(given, ARDIN, DAY) == (Post("sekretaris"), Post("kepala_unit", "SEK"))


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        (Post("pelaksana", "DAL"), Post("kepala_unit", "DAL")),
        (Post("koordinator_data", "DAL"), Post("kepala_unit", "DAL")),
        (Post("pelaksana", "SEK"), Post("sekretaris")),
        (Post("kepala_unit", "DAL"), Post("sekretaris")),
        (Post("kepala_unit", "SEK"), Post("kepala_dinas")),
        (Post("kasubag_perencanaan"), Post("sekretaris")),
        (Post("sekretaris"), Post("kepala_dinas")),
        (Post("kepala_dinas"), None),
    ],
)
def test_a_delay_goes_up_the_chain(office: Office, post: Post, expected: Post | None) -> None:
    assert office.superior(post) == expected


def test_a_plt_in_force_stands_before_the_definitif_holder(office: Office) -> None:
    given = roster(
        held(1, NURDIANA, "kepala_unit", "PPA"),
        held(2, FADLI, "kepala_unit", "PPA", jenis="Plt", mulai=DAY, selesai=DAY),
    )
    post = Post("kepala_unit", "PPA")

    assert ids(office, given, post) == [FADLI]
    assert office.mandate(given, NURDIANA, post, DAY) is None
    assert office.posts_of(given, NURDIANA, DAY) == ()
    assert ids(office, given, post, date(2026, 11, 25)) == [NURDIANA]


def test_a_plh_stands_in_even_for_a_plt(office: Office) -> None:
    given = roster(
        held(1, FADLI, "kepala_unit", "PPR", jenis="Plt"),
        held(2, NURDIANA, "kepala_unit", "PPR", jenis="Plh", mulai=DAY),
    )

    assert ids(office, given, Post("kepala_unit", "PPR")) == [NURDIANA]


def test_nobody_fills_a_vacant_head_silently(office: Office) -> None:
    given = roster(held(1, ARDIN, "sekretaris"), held(2, IRMA, "pelaksana", "DAL"))

    assert ids(office, given, Post("kepala_unit", "DAL")) == []


def test_all_pelaksana_of_a_unit_hold_the_post(office: Office) -> None:
    given = roster(held(1, WAHYUNI, "pelaksana", "KBK"), held(2, DEDI, "pelaksana", "KBK"))

    assert ids(office, given, Post("pelaksana", "KBK")) == [WAHYUNI, DEDI]


def test_the_first_pelaksana_coordinates_where_nobody_is_named(office: Office) -> None:
    given = roster(held(1, WAHYUNI, "pelaksana", "KBK"), held(2, DEDI, "pelaksana", "KBK"))
    post = Post("koordinator_data", "KBK")

    mandate = office.mandate(given, WAHYUNI, post, DAY)

    assert ids(office, given, post) == [WAHYUNI]
    assert mandate is not None
    assert mandate.role == "pelaksana"
    assert office.posts_of(given, DEDI, DAY) == (Post("pelaksana", "KBK"),)
    assert office.posts_of(given, WAHYUNI, DAY) == (post, Post("pelaksana", "KBK"))


def test_a_named_coordinator_takes_the_post_from_the_first_pelaksana(office: Office) -> None:
    given = roster(held(1, WAHYUNI, "pelaksana", "KBK"), held(2, DEDI, "koordinator_data", "KBK"))

    assert ids(office, given, Post("koordinator_data", "KBK")) == [DEDI]


def test_a_unit_of_its_head_alone_is_filled_in_by_the_head(office: Office) -> None:
    given = roster(held(1, NURDIANA, "kepala_unit", "PPA"), held(2, ARDIN, "sekretaris"))

    assert ids(office, given, Post("pelaksana", "PPA")) == [NURDIANA]
    assert ids(office, given, Post("koordinator_data", "PPA")) == [NURDIANA]
    assert ids(office, given, Post("pelaksana", "SEK")) == [ARDIN]


def test_one_person_may_fill_posts_in_two_units(office: Office) -> None:
    given = roster(
        held(1, FADLI, "pelaksana", "SEK"), held(2, FADLI, "kepala_unit", "PPR", jenis="Plt")
    )

    assert set(office.posts_of(given, FADLI, DAY)) == {
        Post("pelaksana", "SEK"),
        Post("koordinator_data", "SEK"),
        Post("kepala_unit", "PPR"),
        Post("pelaksana", "PPR"),
        Post("koordinator_data", "PPR"),
    }


@pytest.mark.parametrize(
    ("standard", "expected"),
    [
        (480, (Moment("50%", 240), Moment("-60m", 420))),
        (240, (Moment("50%", 120), Moment("-60m", 180))),
        (120, (Moment("-15m", 105),)),
        (30, ()),
    ],
)
def test_reminders_follow_the_length_of_the_standard(
    office: Office, standard: int, expected: tuple[Moment, ...]
) -> None:
    assert office.reminders(standard) == expected


def test_an_office_without_reminders_sends_none() -> None:
    text = edited(lambda document: document.update(pengingat=[]))

    assert Office.parse(text, "kantor.yaml").reminders(480) == ()


def test_the_calendar_knows_office_hours_and_the_offices_own_days() -> None:
    own = {"tanggal": "2026-11-24", "nama": "Hari Jadi", "dasar": "SE Bupati"}
    text = edited(lambda document: document["jam_kerja"].update(libur_tambahan=[own]))
    calendar = Office.parse(text, "kantor.yaml").calendar({date(2026, 11, 25): "Libur"})

    due = calendar.due(datetime(2026, 11, 23, 7, 30, tzinfo=UTC), 60)

    assert due == datetime(2026, 11, 26, 0, 0, tzinfo=UTC)


def test_a_working_day_of_the_offices_own_counts() -> None:
    own = {"tanggal": "2026-11-28", "nama": "Hari kerja pengganti"}
    text = edited(lambda document: document["jam_kerja"].update(hari_kerja_tambahan=[own]))
    hours = Office.parse(text, "kantor.yaml").jam_kerja

    assert [day.tanggal for day in hours.hari_kerja_tambahan] == [date(2026, 11, 28)]
    assert list(hours.flaws()) == []


def test_an_office_without_ramadan_hours_works_as_ever() -> None:
    def drop(document: dict[str, Any]) -> None:
        del document["jam_kerja"]["ramadan"]
        del document["jam_kerja"]["periode_ramadan"]

    calendar = Office.parse(edited(drop), "kantor.yaml").calendar({})

    assert calendar.due(datetime(2026, 2, 25, 2, 0, tzinfo=UTC), 60) == datetime(
        2026, 2, 25, 3, 0, tzinfo=UTC
    )


def test_a_class_is_abbreviated_by_its_initials(office: Office) -> None:
    assert [kategori.kode for kategori in office.kategori] == ["ST", "T", "S", "R", "SR"]


def test_what_comes_after_the_end_is_read_as_minutes(office: Office) -> None:
    late = office.lewat_batas

    assert (late.ke_pelaku, late.eskalasi_1, late.eskalasi_2) == (0, 60, 450)
    assert late.ulang_harian == 15
    assert late.tanda_terima == 60


def test_an_empty_file_is_refused() -> None:
    assert mistakes("") == ["is empty"]
    assert mistakes("# kantor\n") == ["is empty"]


def test_a_key_that_stands_twice_is_told_with_its_line() -> None:
    line = TEXT.splitlines().index("pendaftaran: langsung") + 1

    told = mistakes(TEXT + "pendaftaran: konfirmasi\n")

    assert told[0].endswith(f"key 'pendaftaran' stands twice (also in line {line})")


def test_all_mistakes_are_told_at_once_with_place_and_value() -> None:
    def spoil(document: dict[str, Any]) -> None:
        document["instansi"]["singkatan"] = ""
        document["unit"][1]["kode"] = "SEK"
        document["peran"]["kasubag_perencanaan"]["atasan"] = "bos"
        document["pendaftaran"] = "nanti"
        document["jam_kerja"]["biasa"]["sen-kam"] = ["07.30-13.30", "13.00-16.00"]
        document["jam_kerja"]["ramadan"]["jum"] = ["11.30-08.00"]
        document["pengingat"][0]["kirim_pada"] = ["besok"]
        document["lewat_batas"]["eskalasi_1"] = 60
        document["kategori"][2]["min"] = 80
        document["nomor"]["rekap"] = "{klas}/{nomor}"
        document["cadangan"]["pukul"] = "25.00"
        document["entah"] = 1

    places = {line.partition(": ")[0] for line in mistakes(edited(spoil))}

    assert places == {
        "instansi.singkatan",
        "unit[1].kode",
        "peran.kasubag_perencanaan.atasan",
        "pendaftaran",
        "jam_kerja.biasa.sen-kam",
        "jam_kerja.ramadan.jum[0]",
        "pengingat[0].kirim_pada[0]",
        "lewat_batas.eskalasi_1",
        "kategori[2].min",
        "nomor.rekap",
        "cadangan.pukul",
        "entah",
    }


def set_in(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    def change(document: Any) -> None:
        for part in path[:-1]:
            document = document[part]
        document[path[-1]] = to

    return change


KEPALA_UNIT = ("peran", "kepala_unit")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (set_in("unit", to=[]), "unit: "),
        (set_in("unit", 0, "kode", to="RINGKASAN"), "is the name of another sheet of the rekap"),
        (set_in("unit", 0, "kode", to="sek"), "unit[0].kode: 'sek'"),
        (set_in(*KEPALA_UNIT, "eskalasi", to="bos"), "eskalasi: 'bos' is no role"),
        (set_in(*KEPALA_UNIT, "jumlah", to=0), "jumlah: 0: at least 1, or banyak"),
        (set_in(*KEPALA_UNIT, "jumlah", to="dua"), "peran.kepala_unit.jumlah"),
        (set_in(*KEPALA_UNIT, "khusus", to={"XYZ": "sekretaris"}), "khusus.XYZ: unknown unit"),
        (set_in(*KEPALA_UNIT, "khusus", to={"SEK": "pelaksana"}), "no role of the whole office"),
        (set_in(*KEPALA_UNIT, "per_unit", to=False), "khusus and bawaan are for roles of a unit"),
        (
            set_in("peran", "pelaksana", "bawaan", to=["sekretaris"]),
            "peran.pelaksana.bawaan[0]: 'sekretaris' is no role of a unit",
        ),
        (
            set_in("peran", "kepala_dinas", "atasan", to="sekretaris"),
            "the superiors go in a circle: kepala_dinas → sekretaris → kepala_dinas",
        ),
        (set_in("lembar_disposisi", "rantai_paraf", to=["lurah"]), "rantai_paraf[0]: 'lurah'"),
        (set_in("jam_kerja", "zona", to="Asia/Luwuk"), "'Asia/Luwuk' is no time zone"),
        (set_in("jam_kerja", "zona", to="../etc"), "'../etc' is no time zone"),
        (set_in("jam_kerja", "biasa", to={}), "biasa: names no working hour at all"),
        (set_in("jam_kerja", "biasa", to={"sel-sen": []}), "'sel-sen' is no day or range of days"),
        (
            set_in("jam_kerja", "biasa", "kam", to=["07.30-08.00"]),
            "kam stands in another line too",
        ),
        (set_in("jam_kerja", "biasa", "sab", to=["pagi"]), "'pagi' is no time range"),
        (set_in("jam_kerja", "biasa", "sab", to=["7-8"]), "'7' is no clock time"),
        (set_in("jam_kerja", "biasa", "sab", to=[730]), "730 is no time range"),
        (set_in("jam_kerja", "biasa", "sab", to=["08.00-24.30"]), "'24.30' is later than 24.00"),
        (set_in("jam_kerja", "ramadan", to={}), "ramadan: names no working hour, but"),
        (
            set_in("jam_kerja", "periode_ramadan", 0, to=["2026-03-20", "2026-02-19"]),
            "ends (2026-02-19) before it starts (2026-03-20)",
        ),
        (
            set_in("jam_kerja", "periode_ramadan", 1, to=["2026-03-01", "2026-04-01"]),
            "periode_ramadan[1]: overlaps another period (it starts 2026-03-01)",
        ),
        (
            set_in("jam_kerja", "libur_tambahan", to=[{"tanggal": "2026-02-30", "nama": "x"}]),
            "libur_tambahan[0].tanggal: '2026-02-30'",
        ),
        (
            set_in("pengingat", 1, "untuk_menit_min", to=240),
            "[1].untuk_menit_min: 240 stands twice",
        ),
        (set_in("pengingat", 2, "kirim_pada", to=["-15m"]), "lies before a task of 0 begins"),
        (set_in("kategori", 4, "min", to=10), "10: the last must be null"),
        (set_in("kategori", 1, "min", to=None), "only the last one may be without a minimum"),
        (set_in("kategori", 1, "nama", to="Sedang"), "'Sedang' stands twice"),
        (set_in("nomor", "agenda", to="{tahun}"), "lacks {urut}"),
        (set_in("nomor", "agenda", to="{urut"), "is no number template"),
        (set_in("rata_rata", to="tengah"), "rata_rata: 'tengah'"),
        (set_in("cadangan", "simpan_harian", to=0), "cadangan.simpan_harian: 0"),
    ],
)
def test_a_mistake_is_told(change: Callable[[dict[str, Any]], None], expected: str) -> None:
    assert [line for line in mistakes(edited(change)) if expected in line]


def test_a_day_cannot_be_both_holiday_and_working_day() -> None:
    day = {"tanggal": "2026-12-09", "nama": "Pilkada"}

    def both(document: dict[str, Any]) -> None:
        document["jam_kerja"].update(libur_tambahan=[day], hari_kerja_tambahan=[day])

    told = mistakes(edited(both))

    assert told == [
        "jam_kerja.hari_kerja_tambahan[0].tanggal: 2026-12-09 stands in libur_tambahan too"
    ]


def test_a_missing_section_is_told() -> None:
    told = mistakes(edited(lambda document: document.pop("instansi")))

    assert told == ["instansi: is missing"]
