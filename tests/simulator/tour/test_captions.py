"""Captions of the guided tour say what the office's clocks really do."""

from simulator.tour.captions import caption


def test_the_receipt_of_a_form_leaves_the_clock_running() -> None:
    assert caption("Kepala Bidang KBK", "Meiske Tendean", "Terima", "Terima") == (
        "Kepala Bidang KBK (Meiske Tendean): Menekan “Terima”.\n"
        "Tanda terima tercatat; waktu rapat tetap berjalan."
    )


def test_the_receipt_of_a_units_data_ends_its_clock() -> None:
    said = caption("Kasubag Perencanaan", "Sartika Lumi", "Terima", "Terima KBK")

    assert said.endswith("sejak ini tanggung jawab berpindah, dan jamnya berhenti.")
