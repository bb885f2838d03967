"""Traits of the kinds: they come with the reading of an SOP and are no part of it."""

from dataclasses import fields
from pathlib import Path

import pytest

from flows.kinds.registry import KINDS, TRAITS
from flows.office.kantor import Office
from flows.sops.book import PACKAGED, SopBook
from flows.sops.sop import Sop
from flows.sops.vocabulary import PLAIN, Traits

KANTOR = Path(__file__).parents[3] / "kantor.yaml"


def book(office_text: str = "") -> SopBook:
    text = office_text or KANTOR.read_text("utf-8")
    return SopBook.read([PACKAGED], Office.parse(text, "kantor.yaml"), TRAITS)


@pytest.mark.parametrize("name", [field.name for field in fields(Traits)])
def test_every_trait_belongs_to_some_kind_but_not_to_all(name: str) -> None:
    having = [kind for kind, traits in TRAITS.items() if getattr(traits, name)]

    assert 0 < len(having) < len(KINDS)


def test_an_act_has_the_traits_of_its_kind() -> None:
    sop = book().newest("PENGUMPULAN")

    assert [act.code for act in sop.acts if act.traits.fills] == ["5"]
    assert [act.code for act in sop.acts if act.traits.seals] == ["p1", "p2", "p3"]
    assert sop.act("6").traits == PLAIN


def test_the_closing_left_out_costs_no_act_its_traits() -> None:
    text = KANTOR.read_text("utf-8").replace("penutup: {aktif: true}", "penutup: {aktif: false}")

    sop = book(text).newest("PENGUMPULAN")

    assert not sop.closing.is_active
    assert [act.code for act in sop.acts if act.traits.spreads] == ["3"]


def test_traits_are_no_part_of_what_is_printed_and_approved() -> None:
    sop = book().newest("PENGUMPULAN")
    bare = Sop.model_validate(sop.model_dump(by_alias=True))

    assert {act.traits for act in bare.acts} == {PLAIN}
    assert bare.model_dump(mode="json") == sop.model_dump(mode="json")
    assert "traits" not in sop.first.model_dump(mode="json")


def test_nobody_can_write_a_trait_into_an_sop() -> None:
    document = book().newest("PENGUMPULAN").model_dump(by_alias=True)
    document["langkah"][0]["tindakan"][0]["traits"] = {"is_final": False}

    with pytest.raises(ValueError, match="traits"):
        Sop.model_validate(document, context=TRAITS)
