import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import flows.sops.book
from flows.sops.sop import Sop
from flows.text.yaml import read_yaml

FOLDER = Path(flows.sops.book.__file__).parent
STANDARDS = {
    "pengumpulan": (15, 30, 15, 60, 480, 480, 480, 15, 480),
    "perbaikan": (120, 60, 60, 180, 480, 120, 60, 30, 30, 30),
}


def load(name: str) -> Sop:
    document, mistakes = read_yaml((FOLDER / f"{name}.yaml").read_text("utf-8"))
    assert mistakes == ()
    return Sop.model_validate(document)


@pytest.fixture(params=["pengumpulan", "perbaikan"])
def sop(request: pytest.FixtureRequest) -> Sop:
    return load(request.param)


def verbatim(sop: Sop) -> Iterator[str]:
    yield sop.title
    yield sop.identity.office
    yield sop.identity.government
    yield sop.identity.region
    yield from (column.heading for column in sop.columns)
    yield from sop.original_labels.values()
    lists = (sop.legal_basis, sop.qualification, sop.related, sop.equipment)
    for items in (*lists, sop.warning):
        yield from (f"{number}. {text}" for number, text in enumerate(items, start=1))
    yield from sop.recording


def test_the_papers_own_words_are_kept_letter_by_letter(sop: Sop) -> None:
    source = " ".join((sop.source or "").split())

    assert [words for words in verbatim(sop) if words not in source] == []


def test_each_row_of_the_paper_is_a_step_with_its_cells(sop: Sop) -> None:
    rows = [line.split("\t") for line in (sop.source or "").splitlines()]
    printed = {row[0]: [row[1], *row[-4:-1]] for row in rows if re.fullmatch(r"\d+\.", row[0])}

    assert printed == {
        f"{s.number}.": [s.uraian, s.input, f"{s.minutes}", s.output] for s in sop.steps
    }


def test_each_marker_of_the_paper_stands_under_its_heading(sop: Sop) -> None:
    headings = [column.heading for column in sop.columns]
    rows = [line.split("\t") for line in (sop.source or "").splitlines()]
    printed = {
        row[0]: {h: mark for h, mark in zip(headings, row[2:], strict=False) if mark}
        for row in rows
        if re.fullmatch(r"\d+\.", row[0])
    }

    assert printed == {f"{step.number}.": step.markers for step in sop.steps}


def test_what_the_paper_leaves_empty_is_not_invented(sop: Sop) -> None:
    identity = sop.identity

    assert identity.number is None
    assert (identity.made_on, identity.revised_on, identity.effective_on) == (None, None, None)


@pytest.mark.parametrize("name", ["pengumpulan", "perbaikan"])
def test_each_step_has_the_standard_of_the_paper(name: str) -> None:
    assert tuple(step.minutes for step in load(name).steps) == STANDARDS[name]


def test_the_critical_path_counts_each_standard_once() -> None:
    assert load("pengumpulan").total_minutes == 2055
    assert load("perbaikan").total_minutes == 1170


def test_of_two_branches_the_longer_one_is_the_critical_path() -> None:
    document, _ = read_yaml((FOLDER / "pengumpulan.yaml").read_text("utf-8"))
    document["langkah"][2]["menit"] = 500
    document["langkah"][3]["tindakan"][0]["sesudah"] = ["2b"]
    document["langkah"][4]["tindakan"][0]["sesudah"] = ["3", "4"]

    sop = Sop.model_validate(document)

    assert sop.total_minutes == 2055 - 60 + 500 - 15


def test_an_act_follows_the_one_before_it_unless_it_says_otherwise() -> None:
    perbaikan = load("perbaikan")

    assert [act.code for act in perbaikan.predecessors("2b")] == ["2a"]
    assert [act.code for act in perbaikan.predecessors("4")] == ["3t"]
    assert [act.code for act in perbaikan.predecessors("3s")] == ["3t"]
    assert perbaikan.predecessors(perbaikan.first.code) == ()


def test_downstream_and_upstream_reach_to_the_ends() -> None:
    pengumpulan = load("pengumpulan")

    assert pengumpulan.downstream("8") == {"8t", "9", "p1", "p2", "p3"}
    assert pengumpulan.upstream("3") == {"1", "2a", "2b"}
    assert pengumpulan.downstream("p3") == frozenset()


def test_an_act_of_the_closing_belongs_to_no_step() -> None:
    pengumpulan = load("pengumpulan")
    step = pengumpulan.step_of("8t")

    assert pengumpulan.step_of("p1") is None
    assert step is not None
    assert step.number == 8


def test_an_inactive_closing_is_not_gone_through() -> None:
    document, _ = read_yaml((FOLDER / "pengumpulan.yaml").read_text("utf-8"))
    document["penutup"]["aktif"] = False

    sop = Sop.model_validate(document)

    assert sop.acts[-1].code == "9"
    assert not sop.has_act("p1")


def test_a_step_says_what_is_meant_where_the_papers_word_is_too_short() -> None:
    third, last = load("pengumpulan").steps[2], load("pengumpulan").steps[-1]

    assert (third.input, third.needs) == ("Dokumen", "Dokumen Format data")
    assert last.yields == "Rekap data kinerja DP2KBP3A"
    assert load("perbaikan").steps[0].needs == "Dokumen data kinerja"


def test_each_act_has_its_performer_and_its_button() -> None:
    told = [(a.code, a.performer, a.label) for a in load("pengumpulan").acts]

    assert told == [
        ("1", "kepala_dinas", "Terbitkan"),
        ("2a", "sekretaris", "Teruskan"),
        ("2b", "kasubag_perencanaan", "Pakai format baku"),
        ("3", "kasubag_perencanaan", "Kirim ke semua unit"),
        ("4", "kepala_unit", "Catat rapat"),
        ("5", "pelaksana", "Kirim"),
        ("6", "koordinator_data", "Ajukan"),
        ("7", "kepala_unit", "Validasi"),
        ("8", "kepala_unit", "Sampaikan"),
        ("8t", "kasubag_perencanaan", "Terima"),
        ("9", "kasubag_perencanaan", "Ajukan"),
        ("p1", "kasubag_perencanaan", "Paraf"),
        ("p2", "sekretaris", "Paraf"),
        ("p3", "kepala_dinas", "Tanda tangani"),
    ]


def test_the_coordinators_act_may_be_done_by_his_head() -> None:
    assert load("pengumpulan").act("6").roles == ("koordinator_data", "kepala_unit")


def test_receipts_and_objections_have_no_standard() -> None:
    untimed = {act.code for act in load("perbaikan").acts if not act.is_timed}

    assert untimed == {"3t", "3s", "3p", "7t"}


def test_each_act_has_a_short_name_and_is_worded_as_its_holders_own() -> None:
    for sop in (load("pengumpulan"), load("perbaikan")):
        for act in sop.acts:
            assert len(sop.name_of(act.code)) <= 24
            assert sop.task_of(act.code) == act.task
    assert load("perbaikan").name_of("10") == "Tandatangani rekap"


def test_without_a_short_name_the_words_of_the_step_are_cut_behind_a_word() -> None:
    document, _ = read_yaml((FOLDER / "pengumpulan.yaml").read_text("utf-8"))
    del document["langkah"][3]["singkat"], document["langkah"][3]["tindakan"][0]["tugas"]

    sop = Sop.model_validate(document)

    assert sop.name_of("4") == "Rapat kepala bidang dengan jabatan…"
    assert sop.task_of("4") == sop.steps[3].uraian
    assert sop.steps[3].column == "4 rapat"


def test_names_for_the_chat_are_no_substance() -> None:
    document, _ = read_yaml((FOLDER / "pengumpulan.yaml").read_text("utf-8"))
    for step in document["langkah"]:
        step.pop("singkat")

    assert Sop.model_validate(document).substance == load("pengumpulan").substance
