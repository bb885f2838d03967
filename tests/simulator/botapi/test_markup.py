import pytest

from simulator.botapi.markup import MarkupInvalid, parse_html
from simulator.world.entities import Entity


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("🏟 🏟&lt;<zzz", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<blink aba>", 'Unsupported start tag "blink" at byte offset 13'),
        ("5 < 7", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("é<i   =x>", 'Empty attribute name in the tag "i" at byte offset 2'),
        ("<i x  =  ", 'Unclosed start tag "i" at byte offset 0'),
        ("<i x ", 'Unclosed start tag "i" at byte offset 0'),
        ("<i x", 'Unclosed start tag "i" at byte offset 0'),
        ("<i x=a1,", "Unexpected end of name token at byte offset 5"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<b>tebal", 'Can\'t find end tag corresponding to start tag "b"'),
        ("tutup</b>", "Unexpected end tag at byte offset 5"),
        ("<i>a</i  ", "Unclosed end tag at byte offset 4"),
        ("<i>a</b>", 'Unmatched end tag at byte offset 4, expected "</i>", found "</b>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "&#xDFDF;",
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units",
        ),
    ],
)
def test_faulty_markup_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(MarkupInvalid) as fault:
        parse_html(source)

    assert str(fault.value) == words


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("<b>x</b>", "bold"),
        ("<strong>x</strong>", "bold"),
        ("<i>x</i>", "italic"),
        ("<em>x</em>", "italic"),
        ("<u>x</u>", "underline"),
        ("<ins>x</ins>", "underline"),
        ("<s>x</s>", "strikethrough"),
        ("<strike>x</strike>", "strikethrough"),
        ("<del>x</del>", "strikethrough"),
        ("<code>x</code>", "code"),
        ("<pre>x</pre>", "pre"),
        ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ('<span class="tg-spoiler">x</span>', "spoiler"),
        ("<B>x</B>", "bold"),
        ("<b>x</>", "bold"),
    ],
)
def test_every_tag_becomes_its_entity(source: str, kind: str) -> None:
    assert parse_html(source) == ("x", (Entity(kind, 0, 1),))


def test_entities_are_counted_in_utf16_units() -> None:
    text, entities = parse_html("🏟 🏟<i>🏟 &gt;<b aba   =   caba>&lt🏟</b></i>")

    assert text == "🏟 🏟🏟 ><🏟"
    assert entities == (Entity("italic", 5, 7), Entity("bold", 9, 3))


def test_only_the_four_named_references_and_numbers_are_decoded() -> None:
    text, _ = parse_html("&lt;&gt;&amp;&quot;&laquo;&#65;&#x42;&#12345678; R&D &")

    assert text == '<>&"&laquo;AB&#12345678; R&D &'


def test_an_empty_tag_leaves_nothing() -> None:
    assert parse_html("a<b></b>") == ("a", ())


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ('<a href="https://contoh.id/a?b=1&amp;c=2">x</a>', "https://contoh.id/a?b=1&c=2"),
        ("<a href='contoh.id'>x</a>", "http://contoh.id/"),
        ("<a href=contoh.id>x</a>", "http://contoh.id/"),
        ("<a href='contoh.id?a'>x</a>", "http://contoh.id/?a"),
        ("<a href='tg://resolve?domain=x'>x</a>", "tg://resolve?domain=x"),
    ],
)
def test_a_link_keeps_its_checked_address(source: str, url: str) -> None:
    assert parse_html(source) == ("x", (Entity("text_link", 0, 1, url=url),))


def test_a_link_without_address_is_plain_text_and_a_person_link_is_a_mention() -> None:
    assert parse_html("<a href='tidak ada'>x</a>") == ("x", ())
    assert parse_html("<a>x</a>") == ("x", ())
    assert parse_html('<a href="tg://user?id=7">x</a>')[1] == (
        Entity("text_mention", 0, 1, user=7),
    )


def test_pre_and_code_over_one_span_with_a_language_are_one_block() -> None:
    inside, outside = '<pre><code class="language-sql">x</code></pre>', "<pre>xy</pre>"

    assert parse_html(inside)[1] == (Entity("pre", 0, 1, language="sql"),)
    assert parse_html('<code class="language-sql"><pre>x</pre></code>')[1] == (
        Entity("pre", 0, 1, language="sql"),
    )
    assert parse_html(outside)[1] == (Entity("pre", 0, 2),)
    assert parse_html('<code class="language-sql">x</code>')[1] == (Entity("code", 0, 1),)
