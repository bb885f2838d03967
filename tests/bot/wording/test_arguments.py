"""Each key has its words, and is given all that they ask for."""

import ast

import pytest

from tests.bot.given import Given, Sources, templates, wanted


@pytest.fixture(scope="module")
def given() -> list[Given]:
    return list(Sources.read().given())


def faults(given: list[Given]) -> list[str]:
    """A sentence for each place that gives too little, or a key without words."""
    return [
        f"{one.place} gives {one.template}, which is not in bot/texts.yaml"
        if one.template not in templates()
        else f"{one.template} of bot/texts.yaml asks for {', '.join(sorted(missing))}, which "
        f"{one.place} does not give"
        for one in given
        if (missing := _missing(one)) or one.template not in templates()
    ]


def _missing(one: Given) -> frozenset[str]:
    is_told = one.is_whole and one.template in templates()
    return wanted(one.template) - one.names if is_told else frozenset()


def test_each_place_gives_what_the_words_ask_for(given: list[Given]) -> None:
    assert faults(given) == []


def test_few_arguments_are_put_together_where_only_a_run_finds_them(given: list[Given]) -> None:
    """These are rendered by the stories."""
    unknown = [one for one in given if not one.is_whole and wanted(one.template) - one.names]

    assert len(unknown) < len(given) / 20


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('refuse("terlalu_pendek", {})', "pesan.terlalu_pendek of bot/texts.yaml asks for"),
        ('refuse("terlalu_pendek")', "paling_sedikit, which flows/x.py:3 does not give"),
        ('refuse("tak_ada", {})', "flows/x.py:3 gives pesan.tak_ada, which is not in"),
        (
            'toast("urungkan_didahului")',
            "toast.urungkan_didahului of bot/texts.yaml asks for oleh",
        ),
        ('Choice(1, "pasti", args={"kode": 1})', "tombol.pasti of bot/texts.yaml asks for"),
        ('tell(1, "terlalu_pendek", short())', "asks for paling_sedikit"),
        ('tell(1, "terlalu_pendek", {**LONG})', "asks for paling_sedikit"),
        ('{"key": "terlalu_pendek", "args": {}}', "asks for paling_sedikit"),
    ],
)
def test_too_little_is_told_with_both_places(source: str, told: str) -> None:
    tree = ast.parse(f"def short(): return {{'panjang': 1}}\nLONG = {{'paling': 1}}\n{source}")

    [fault] = faults(list(Sources({"flows/x.py": tree}).given()))

    assert told in fault


def test_enough_by_whichever_way_is_enough() -> None:
    tree = ast.parse(
        "def least(n): return {'paling_sedikit': n}\n"
        "def ask(turn):\n"
        "    args = {} if turn else {'x': 1}\n"
        "    args |= least(3)\n"
        "    turn.refuse('terlalu_pendek', args)"
    )

    assert faults(list(Sources({"flows/x.py": tree}).given())) == []
