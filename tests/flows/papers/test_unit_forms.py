"""A person's form is the unit's filed one with the rows of others closed; nothing new is filed."""

from typing import Any

from flows.model.perintah import Dokumen, Perintah
from flows.papers.facts import FormData
from flows.papers.unit_forms import issue_form, persons_form
from flows.turn.turn import Turn
from tests.flows.small_office import FILLER, a_turn, an_order, filling


def issued() -> tuple[Turn, Dokumen]:
    turn = a_turn(FILLER, an_order(filling()))
    return turn, issue_form(turn, "DAL")


def body_of(turn: Turn, others: set[str]) -> dict[str, Any]:
    (file,) = persons_form(turn, turn.perintah.paper("form", "DAL"), others)
    assert (file.kind, file.format, file.data["template"]) == ("cetak", "xlsx", "form")
    return dict(file.data)


def test_the_rows_of_others_are_closed() -> None:
    turn, form = issued()
    filed: Perintah = turn.perintah
    data = body_of(turn, {"DAL-01", "DAL-02"})

    codes = [row["kode"] for row in form.data["isi"]["rows"]]
    assert data["isi"].pop("milik") == codes[2:]
    assert data["isi"] == form.data["isi"]
    assert (data["kode"], data["sha256"]) == (form.code, form.sha256)
    assert turn.perintah == filed


def test_who_has_all_rows_gets_the_filed_form() -> None:
    turn, form = issued()

    (file,) = persons_form(turn, form, ())

    assert (file.kind, file.seq) == ("dokumen", form.seq)
    assert persons_form(turn, None, {"DAL-01"}) == ()


def test_what_is_filed_has_no_new_key() -> None:
    _, form = issued()

    assert "milik" not in form.data["isi"]
    assert FormData.model_validate(form.data["isi"]).milik is None
