from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.world.entities import (
    Entity,
    clean,
    in_order,
    indexes,
    piece,
    trimmed,
    units,
    with_detected,
)
from simulator.world.views import to_html


def test_white_space_around_a_text_goes_and_entities_move_along() -> None:
    text, entities = trimmed((" \n🏟 tebal \n", (Entity("bold", 2, 10), Entity("italic", 10, 2))))

    assert (text, entities) == ("🏟 tebal", (Entity("bold", 0, 8),))


def test_white_space_at_the_beginning_stays_inside_an_entity() -> None:
    assert trimmed((" \n  1 2 \n", (Entity("pre", 2, 7),))) == ("  1 2", (Entity("pre", 0, 5),))


def test_control_characters_become_spaces_and_carriage_returns_go() -> None:
    assert clean("a\x00b\r\nc\td\x1f") == "a b\nc\td "


def test_commands_mentions_and_addresses_are_found() -> None:
    text, entities = with_detected(("/tugas@sigap_bot untuk @rizal lihat https://a.id/b.", ()))

    found = [(entity.type, piece(text, entity)) for entity in entities]
    assert found == [
        ("bot_command", "/tugas@sigap_bot"),
        ("mention", "@rizal"),
        ("url", "https://a.id/b"),
    ]


def test_a_date_or_a_path_is_no_command() -> None:
    assert with_detected(("001/2026 dan /a/b dan TW3/III", ()))[1] == ()


def test_nothing_is_found_inside_code() -> None:
    marked = ("/tugas", (Entity("code", 0, 6),))

    assert with_detected(marked) == marked


def test_script_in_a_message_is_shown_and_never_run() -> None:
    html = to_html('<script>alert("x")</script>', (Entity("bold", 0, 8),))

    assert html == "<strong>&lt;script&gt;</strong>alert(&quot;x&quot;)&lt;/script&gt;"


def test_nested_entities_are_nested_tags() -> None:
    html = to_html("🏟 ab", (Entity("italic", 0, 5), Entity("bold", 3, 1)))

    assert html == "<em>🏟 <strong>a</strong>b</em>"


def test_links_open_elsewhere_and_only_with_known_schemes() -> None:
    good = to_html("x", (Entity("text_link", 0, 1, url='https://a.id/"b'),))
    bad = to_html("x", (Entity("text_link", 0, 1, url="javascript://alert"),))

    assert 'href="https://a.id/&quot;b"' in good
    assert "noopener" in good
    assert bad == "x"


@settings(max_examples=60)
@given(
    st.text(alphabet="ab<&🏟\n", max_size=12),
    st.lists(
        st.tuples(
            st.sampled_from(["bold", "italic", "pre"]), st.integers(0, 12), st.integers(1, 12)
        )
    ),
)
def test_rendering_any_entities_loses_no_character(
    text: str, raw: list[tuple[str, int, int]]
) -> None:
    size = units(text)
    places = indexes(text)
    fitting = [
        Entity(kind, offset, length)
        for kind, offset, length in raw
        if offset + length <= size and _is_whole(places, offset, offset + length)
    ]

    html = to_html(text, in_order(fitting))

    bare = html
    for tag in ("strong", "em", "pre"):
        bare = bare.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert bare.replace("&lt;", "<").replace("&amp;", "&") == text


def _is_whole(places: list[int], start: int, end: int) -> bool:
    """An entity never cuts a character of two units in half."""
    return all(at == 0 or places[at] != places[at - 1] for at in (start, end))
