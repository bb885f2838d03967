"""The form as its YAML defines it."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from flows.forms.form import Finding, Form, column_letter, issued, target
from tests.flows.sample import INDICATORS
from tests.flows.sheets import FORMS, INDIKATOR

HEADINGS = [
    "No",
    "Kode",
    "Sasaran",
    "Indikator Kinerja",
    "Satuan",
    "Arah (+/−)",
    "Target Tahun",
    "Target s.d. TW",
    "Realisasi s.d. TW",
    "Capaian (%)",
    "Kategori",
    "Sumber Data",
    "Bukti Dukung",
    "Keterangan",
]


def definition() -> dict[str, Any]:
    text = (FORMS / "indikator.yaml").read_text(encoding="utf-8")
    return deepcopy(yaml.safe_load(text))


def test_headings_are_those_of_the_domain():
    assert [column.heading for column in INDIKATOR.columns] == HEADINGS


def test_target_stands_in_h_and_realisasi_in_i():
    assert (INDIKATOR.letter("target"), INDIKATOR.letter("realisasi")) == ("H", "I")
    assert (INDIKATOR.header_row, INDIKATOR.first_row) == (9, 10)


def test_four_columns_are_filled_and_only_realisasi_is_required():
    filled = [column for column in INDIKATOR.columns if column.source == "isi"]

    assert [column.role for column in filled] == ["realisasi", "sumber", "bukti", "keterangan"]
    assert [column.required for column in filled] == [True, False, False, False]


def test_column_the_form_lacks_has_no_letter():
    data = definition()
    data["kolom"] = [column for column in data["kolom"] if column["peran"] != "arah"]

    form = Form.model_validate(data)

    assert form.column("arah") is None
    assert form.letter("arah") == ""
    assert form.letter("realisasi") == "H"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"baris_data": 9}, "baris_data must come after baris_judul"),
        ({"aturan": ["E01", "E02", "E03"]}, "E04"),
        ({"aturan": ["E01", "E99"]}, "E99|Input should be"),
        ({"lembar_meta": "a/b"}, "lembar_meta"),
        ({"warna": "kuning"}, "Extra inputs"),
    ],
)
def test_definition_with_a_mistake_is_refused(change: dict[str, Any], reason: str):
    with pytest.raises(ValidationError, match=reason):
        Form.model_validate(definition() | change)


def test_role_given_twice_is_refused():
    data = definition()
    data["kolom"][0]["peran"] = "kode"

    with pytest.raises(ValidationError, match=r"given twice: \['kode'\]"):
        Form.model_validate(data)


def test_form_without_realisasi_is_refused():
    data = definition()
    data["kolom"] = data["kolom"][:8]

    with pytest.raises(ValidationError, match=r"missing: \['realisasi'\]"):
        Form.model_validate(data)


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")]
)
def test_column_letters_go_on_after_z(number: int, letters: str):
    assert column_letter(number) == letters


def test_target_of_a_quarter_and_of_the_year():
    indicator = INDICATORS[2]

    assert target(indicator, 3) == Decimal("70.00")
    assert target(indicator, 1) is None
    assert target(indicator, 0) == Decimal("95.00")


def test_issued_values_of_a_row():
    indicator = INDICATORS[2]

    assert issued("kode", indicator, 3) == "SEK-03"
    assert issued("target", indicator, 3) == Decimal("70.00")
    assert issued("target_tahun", indicator, 3) == Decimal("95.00")
    assert issued("realisasi", indicator, 3) is None


def test_only_codes_with_e_are_errors():
    assert Finding("E04").is_error
    assert not Finding("W01").is_error
