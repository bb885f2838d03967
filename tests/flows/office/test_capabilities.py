"""`boleh`: what a role may do beside the SOPs, and what it may where kantor.yaml is silent."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.office.capabilities import DEFAULTS
from flows.office.kantor import Office, OfficeInvalid

SHIPPED = (Path(__file__).parents[3] / "kantor.yaml").read_text("utf-8")
FORMER = (Path(__file__).parent / "former" / "kantor.yaml").read_text("utf-8")


def office(**boleh: list[str]) -> Office:
    return Office.parse(text(**boleh), "kantor.yaml")


def text(**boleh: list[str]) -> str:
    document: dict[str, Any] = yaml.safe_load(SHIPPED)
    for role, capabilities in boleh.items():
        document["peran"][role]["boleh"] = capabilities
    return yaml.safe_dump(document, sort_keys=False)


@pytest.mark.parametrize("source", [SHIPPED, FORMER])
def test_a_kantor_yaml_that_does_not_say_means_what_it_always_meant(source: str) -> None:
    silent = Office.parse(source, "kantor.yaml")

    assert {name: silent.roles_that(name) for name in DEFAULTS} == dict(DEFAULTS)
    assert silent.labels(silent.roles_that("pejabat")) == ["Admin Sistem", "Sekretaris"]


def test_the_list_of_a_role_stands_in_place_of_its_usual_one() -> None:
    given = office(sekretaris=["hentikan"], kepala_dinas=[])

    assert given.roles_that("hentikan") == ("sekretaris",)
    assert given.roles_that("pejabat") == ("admin",)
    assert given.roles_that("ubah") == ()


def test_a_role_may_have_what_no_role_has_by_default() -> None:
    assert office(kepala_dinas=["tanpa_unit"]).roles_that("tanpa_unit") == ("kepala_dinas",)


def test_an_unknown_capability_is_told_with_the_known_ones() -> None:
    with pytest.raises(OfficeInvalid) as refusal:
        office(sekretaris=["hentikan", "hentkan"])

    [line] = str(refusal.value).splitlines()
    assert line == (
        "kantor.yaml: peran.sekretaris.boleh[1]: unknown capability 'hentkan'; known: "
        + ", ".join(DEFAULTS)
    )


def test_the_comment_of_kantor_yaml_says_what_holds() -> None:
    comment = SHIPPED.split("# boleh:")[1].split("#   pantau:")[0]
    told = {
        role: set(names.split(", "))
        for role, names in re.findall(r"(\w+) \[([a-z_, ]+)\]", comment)
    }

    assert told == {
        role: {name for name, roles in DEFAULTS.items() if role in roles}
        for roles in DEFAULTS.values()
        for role in roles
    }
