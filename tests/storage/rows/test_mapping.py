from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.forms.form import Indicator
from flows.model.conversation import Draft
from flows.model.perintah import Bagian, Data, Dokumen, Perintah, Temuan
from storage.rows.mapping import indicator_of, indicator_row
from storage.store import Store
from tests.rows import dump
from tests.storage.rows.test_notation import decimals, isian, moments, texts
from tests.storage.world import (
    NOW,
    PELAKSANA,
    SEKRETARIS,
    full_perintah,
    indicator,
    keep,
    keep_draft,
    perintah,
    tugas,
)

any_indicator = st.builds(
    Indicator,
    kode=texts,
    unit=texts,
    sasaran=texts,
    indikator=texts,
    satuan=texts,
    arah=st.sampled_from("+-"),
    frekuensi=texts,
    sifat=texts,
    desimal=st.integers(0, 9),
    limits=st.none() | st.tuples(decimals, decimals),
    target_tahun=decimals,
    targets=st.tuples(*[st.none() | decimals] * 4),
)
parts = st.fixed_dictionaries(
    {
        "tugas": st.builds(
            tugas,
            st.just(1),
            state=st.sampled_from(["buka", "tahan", "selesai", "ulang", "batal"]),
            unit=st.none() | texts,
            due_at=st.none() | moments,
            reminded=st.lists(texts).map(tuple),
            row_notes=st.dictionaries(texts, texts),
            is_own_work=st.booleans(),
        ).map(lambda part: (part,)),
        "bagian": st.builds(
            Bagian,
            texts,
            st.just(PELAKSANA),
            st.lists(texts).map(tuple),
            st.lists(isian).map(tuple),
            st.just(()),
            version=st.integers(0, 99),
        ).map(lambda part: (part,)),
        "data": st.builds(
            Data, texts, st.integers(1, 9), st.lists(isian).map(tuple), moments, st.none()
        ).map(lambda part: (part,)),
        "temuan": st.builds(
            Temuan, st.just(1), texts, texts, texts, st.sampled_from(["", "terbukti", "gugur"])
        ).map(lambda part: (part,)),
        "dokumen": st.builds(
            Dokumen,
            st.just(1),
            texts,
            st.none() | texts,
            st.integers(1, 9),
            st.dictionaries(texts, texts | st.integers()),
            texts,
            moments,
        ).map(lambda part: (part,)),
    }
)


def kept(store: Store, value: Perintah) -> Perintah:
    keep(store, value)
    with store.reading() as queries:
        return queries.orders.get(value.id)


def test_a_perintah_with_everything_comes_back_as_it_was(staffed: Store) -> None:
    assert kept(staffed, full_perintah()) == full_perintah()


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(parts)
def test_whatever_the_parts_hold_comes_back(staffed: Store, content: dict) -> None:
    with staffed.transaction() as tx:
        number = len(tx.orders.heads()) + len(dump(tx)["perintah"]) + 1
    held = {
        **content,
        "tugas": tuple(part._replace(perintah_id=number) for part in content["tugas"]),
    }
    value = perintah(number, **held)

    assert kept(staffed, value) == value


@given(any_indicator)
def test_an_indicator_comes_back_with_every_digit(value: Indicator) -> None:
    back = indicator_of(indicator_row(2026, 0, value))

    assert back == value
    assert str(back.target_tahun) == str(value.target_tahun)


def test_the_master_list_keeps_its_order_and_its_digits_in_the_file(store: Store) -> None:
    listed = (indicator("B-02"), indicator("A-01", limits=None))

    with store.transaction() as tx:
        tx.people.take_indicators(2026, listed, NOW)

    with store.reading() as queries:
        assert queries.office.indicators(2026) == listed
        assert queries.office.indicators(2025) == ()
        [first, _] = queries.office.indicators(2026)
        assert str(first.target_tahun) == "12345678901234567.1234567891"


def test_a_draft_comes_back_with_its_answers(staffed: Store) -> None:
    answers = {
        "rows": ("A", "B"),
        "sampai": NOW,
        "nilai": Decimal("1.20"),
        "hari": date(2026, 1, 2),
    }
    draft = Draft(SEKRETARIS, "kembali", "7-1", "u1:1", NOW, answers, 4)

    keep_draft(staffed, draft)

    with staffed.reading() as queries:
        assert queries.office.draft(SEKRETARIS) == draft
