"""Evidence files, each once, named by the rows they prove."""

from hypothesis import given
from hypothesis import strategies as st

from flows.figures.shown import attached, label_of

A, B = "a" * 64, "b" * 64


def test_evidence_is_called_by_its_rows_three_at_most() -> None:
    assert label_of(["PPA-01"]) == "Bukti PPA-01"
    assert label_of(["PPA-01", "PPA-02", "PPA-06"]) == "Bukti PPA-01, PPA-02, PPA-06"
    assert label_of(["A-1", "A-2", "A-3", "A-4", "A-5"]) == "Bukti A-1, A-2, A-3 dan 2 lainnya"


def test_a_file_of_two_rows_goes_out_once() -> None:
    files = attached(7, [("PPA-01", A), ("PPA-02", B), ("PPA-06", A)])

    assert [(f.name, f.sha256, f.perintah_id, f.kind) for f in files] == [
        ("Bukti PPA-01, PPA-06", A, 7, "berkas"), ("Bukti PPA-02", B, 7, "berkas"),
    ]  # fmt: skip
    assert attached(7, []) == ()


@given(st.lists(st.tuples(st.sampled_from(("A-1", "A-2")), st.sampled_from((A, B)))))
def test_every_file_given_is_attached(given_files: list[tuple[str, str]]) -> None:
    assert {f.sha256 for f in attached(7, given_files)} == {sha for _, sha in given_files}
