from pydantic import BaseModel, ConfigDict

from flows.text.yaml import Mistake, path_of, read_model, read_yaml, shown, without_known


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: int
    words: tuple[str, ...]


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    inner: Inner


def test_words_that_look_like_other_things_stay_words() -> None:
    text = "[no, on, yes, Off, 12:30, 07.30, 2026-02-19, 010, 1_000, 0x1F]"

    document, mistakes = read_yaml(text)

    assert document == text.strip("[]").split(", ")
    assert mistakes == ()


def test_plain_figures_booleans_and_null_are_understood() -> None:
    document, _ = read_yaml("[0, -12, 480, 1.5, true, false, null, ~, '480']")

    assert document == [0, -12, 480, 1.5, True, False, None, None, "480"]


def test_every_doubled_key_is_told_with_both_lines() -> None:
    document, mistakes = read_yaml("a: 1\nb: {c: 1, c: 2}\na: 3\n")

    assert document is not None
    assert mistakes == (
        Mistake("line 3", "key 'a' stands twice (also in line 1)"),
        Mistake("line 2", "key 'c' stands twice (also in line 2)"),
    )


def test_a_key_that_is_a_list_cannot_be_read() -> None:
    document, mistakes = read_yaml("[1]: a\n")

    assert document is None
    assert str(mistakes[0]) == "line 1, column 1: found unhashable key"


def test_a_control_character_cannot_be_read() -> None:
    document, mistakes = read_yaml("a: \x07")

    assert document is None
    assert mistakes[0].path == ""
    assert str(mistakes[0]).startswith("cannot be read as YAML: ")


def test_a_place_is_written_as_people_write_it() -> None:
    assert path_of(("langkah", 0, "tindakan", 2, "pelaku")) == "langkah[0].tindakan[2].pelaku"


def test_a_long_value_is_shown_in_part() -> None:
    assert shown("x" * 100) == "'" + "x" * 39 + "…"


def test_a_sound_document_is_taken_as_it_is() -> None:
    document = {"name": "a", "inner": {"number": 1, "words": ["b"]}}

    model, mistakes = read_model(Outer, document)

    assert model == Outer(name="a", inner=Inner(number=1, words=("b",)))
    assert mistakes == ()


def test_a_refused_document_is_repaired_so_that_the_rest_can_be_looked_at() -> None:
    document = {"name": "a", "more": 1, "inner": {"number": "x", "words": ["b", 3]}}

    model, mistakes = read_model(Outer, document)

    assert model is not None
    assert model.name == "a"
    assert [mistake.path for mistake in mistakes] == ["inner.number", "inner.words[1]", "more"]
    assert document["more"] == 1


def test_a_document_beyond_repair_gives_its_mistakes_alone() -> None:
    model, mistakes = read_model(Outer, ["a"])

    assert model is None
    assert len(mistakes) == 1


def test_a_place_already_told_of_is_not_told_of_again() -> None:
    told = (Mistake("a", "is missing"),)

    assert without_known(told, [Mistake("a", "unknown"), Mistake("b", "unknown")]) == (
        Mistake("a", "is missing"),
        Mistake("b", "unknown"),
    )
