"""Wording to blocks and inlines: what the Markdown means, and that a value is never markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.markdown.fill_values import shown_facts
from policygen.markdown.prose import parse_blocks, parse_inlines
from policygen.model.document import (
    Aside,
    AsideKind,
    Break,
    Code,
    CodeBlock,
    DoDont,
    Emphasis,
    Foreign,
    Gap,
    Inlines,
    Link,
    List,
    ListItem,
    Paragraph,
    Role,
    Row,
    Strong,
    Table,
    Text,
    Value,
)
from policygen.model.document.walk import plain
from policygen.model.text import checked_line
from policygen.model.wording import Loop, Piece, Printed, Wording

LABELS = {
    "do": "Do",
    "dont": "Do not",
    "note": "Note",
    "example": "Example",
    "wording": "Words",
    "quote": "Quote",
}


def read(*pieces: Piece) -> tuple[object, ...]:
    return parse_blocks(Wording("en", pieces), LABELS)


def p(*found: object) -> Paragraph:
    return Paragraph(tuple(Text(f) if isinstance(f, str) else f for f in found))


TEXTS: dict[str, tuple[object, ...]] = {
    "One.\nTwo.\n\nThree.": (p("One. Two."), p("Three.")),
    "a  \nb\\\nc": (p("a", Break(), "b", Break(), "c"),),
    "**a** *b* _c_ `d`": (
        p(
            Strong((Text("a"),)),
            " ",
            Emphasis((Text("b"),)),
            " ",
            Emphasis((Text("c"),)),
            " ",
            Code("d"),
        ),
    ),
    '"a" it\'s': (p("“a” it’s"),),
    "- a\n- b": (List((ListItem((p("a"),)), ListItem((p("b"),)))),),
    "3. a\n4. b": (List((ListItem((p("a"),)), ListItem((p("b"),))), True, 3),),
    "0. a": (List((ListItem((p("a"),)),), True, 0),),
    "- a\n\n  b": (List((ListItem((p("a"), p("b"))),)),),
    "> a": (Aside(AsideKind.QUOTE, "Quote", (p("a"),)),),
    "::: note\na\n\n- b\n:::": (
        Aside(AsideKind.NOTE, "Note", (p("a"), List((ListItem((p("b"),)),)))),
    ),
    "::: do\na\n:::\n\n::: dont\nb\n:::": (
        DoDont(Aside(AsideKind.DO, "Do", (p("a"),)), Aside(AsideKind.DONT, "Do not", (p("b"),))),
    ),
    "::: dont\na\n:::\n\n::: do\nb\n:::": (
        Aside(AsideKind.DONT, "Do not", (p("a"),)),
        Aside(AsideKind.DO, "Do", (p("b"),)),
    ),
    "| a | b |\n|---|---|\n| c | *d* |": (
        Table(Row(((Text("a"),), (Text("b"),))), (Row(((Text("c"),), (Emphasis((Text("d"),)),))),)),
    ),
    "Table: A b\n\n| a |\n|---|\n| c |": (
        Table(Row(((Text("a"),),)), (Row(((Text("c"),),)),), (Text("A b"),)),
    ),
    "[a *b*](https://a.example/x?y=1&z)": (
        p(Link("https://a.example/x?y=1&z", (Text("a "), Emphasis((Text("b"),))))),
    ),
    "[a](#law.records)": (p(Link("#law.records", (Text("a"),))),),
    "<https://a.example>": (p(Link("https://a.example", (Text("https://a.example"),))),),
    "[Kia ora]{lang=mi} e": (p(Foreign("mi", (Text("Kia ora"),)), " e"),),
    "```\n**a**\n```": (CodeBlock("**a**"),),
    # What no fragment may hold can stand in a stranger's policy.json: its words are printed, its marks are not.
    "<b>a</b> <script>": (p("<b>a</b> <script>"),),
    "[a](javascript:alert)": (p("[a](javascript:alert)"),),
    "    a": (CodeBlock("a"),),
    "a\n\n***\n\nb": (p("a"), p("b")),
    "# a\n\n#b": (p("a"), p("#b")),
    "::: nonsense\na\n:::": (p("a"),),
    "<div>a</div>": (p("<div>a</div>"),),
    "![a](https://a.example/b.png)": (p("a"),),
    "a<br>b<BR />c": (p("a", Break(), "b", Break(), "c"),),
    "| a |\n|---|\n| b<br>c |": (
        Table(Row(((Text("a"),),)), (Row(((Text("b"), Break(), Text("c")),)),)),
    ),
    "a^[n *b*] c^[m]": (
        p("a[1] c[2]"),
        Paragraph((Text("[1] "), Text("n "), Emphasis((Text("b"),))), Role.HINT),
        Paragraph((Text("[2] "), Text("m")), Role.HINT),
    ),
    "&amp; &copy; \\*a\\*": (p("& © *a*"),),
    "$x$ ~~a~~ ==b== ^c^ :smile: (c)": (p("$x$ ~~a~~ ==b== ^c^ :smile: (c)"),),
}


@pytest.mark.parametrize("text", TEXTS)
def test_markdown(text: str) -> None:
    assert read(text) == TEXTS[text]


def test_an_address_may_hold_facts() -> None:
    mail, name = Printed("policy.owner.email", "a@b.example"), Printed("organisation.name", "A & B")
    assert read("[", mail, "](mailto:", mail, ")") == (
        p(Link("mailto:a@b.example", (Value("policy.owner.email", "a@b.example"),))),
    )
    assert read("[x](https://a.example/", name, ")") == (
        p(Link("https://a.example/A & B", (Text("x"),))),
    )


def test_a_link_whose_address_is_a_gap_is_its_text() -> None:
    assert read("[x](", Printed("website", "website: not yet given", gap=True), ")") == (p("x"),)
    assert read("See ", Printed("website", "website", gap=True)) == (
        p("See ", Gap("website", "website")),
    )


def test_loops_are_read_as_one_text() -> None:
    rows = Loop("channels", ("| ", Printed("channels.0.handle", "a | b"), " |\n", "| x |\n"))
    (table,) = read("| H |\n|---|\n", rows)
    assert table == Table(
        Row(((Text("H"),),)), (Row(((Value("channels.0.handle", "a | b"),),)), Row(((Text("x"),),)))
    )


HOSTILE = [
    "A & B <script>alert(1)</script> *x* {{ y }} | z",
    "](https://evil.example)",
    "[a](b)",
    "::: do",
    "# h",
    "1. a",
    "- a",
    "> a",
    "&amp; &lt;",
    "{#id}",
    "{lang=mi}",
    "`",
    "```",
    "\\",
    "\\*",
    "**",
    "_a_",
    "<!-- x -->",
    "{% if x %}",
    "Table: a",
    "---",
    "===",
    "|",
    "a  ",
    "![x](y)",
    "<https://a.example>",
    "⟦policy.number⟧",
    '"',
    "'",
    "~~a~~",
    "%7B",
]


def seen(found: object) -> str:
    """All that a reader sees of some blocks, values between marks."""
    match found:
        case tuple():
            return "".join(map(seen, found))
        case Paragraph():
            return _marked(found.inlines)
        case Table():
            return "".join(
                _marked(cell) for row in (found.head, *found.rows) if row for cell in row.cells
            )
        case List():
            return "".join(seen(item.blocks) for item in found.items)
        case Aside():
            return seen(found.blocks)
    raise AssertionError(found)


def _marked(found: Inlines) -> str:
    return "".join(f"«{i.text}»" if isinstance(i, Value) else _inner(i) for i in found)


def _inner(inline: object) -> str:
    children = getattr(inline, "children", None)
    return _marked(children) if children is not None else plain((inline,))


def check(value: str) -> None:
    name = Printed("organisation.name", value)
    assert parse_inlines(Wording("en", ("What ", name, " does"))) == (
        Text("What "),
        Value("organisation.name", value),
        Text(" does"),
    )
    found = read(
        name,
        "\n\n- ",
        name,
        "\n\n> ",
        name,
        "\n\n**",
        name,
        "** and [",
        name,
        "](https://a.example)\n\n",
        "| ",
        name,
        " |\n|---|\n| ",
        name,
        " |\n\n::: note\n",
        name,
        "\n:::\n\n[",
        name,
        "]{lang=mi}",
    )
    assert seen(found) == f"«{value}»" * 4 + " and " + f"«{value}»" * 5
    assert [type(block) for block in found] == [
        Paragraph,
        List,
        Aside,
        Paragraph,
        Table,
        Aside,
        Paragraph,
    ]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_never_markup(value: str) -> None:
    check(value)


def printable(text: str) -> bool:
    try:
        return bool(checked_line(text))
    except ValueError:
        return False


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(printable))
def test_no_value_is_ever_markup(value: str) -> None:
    check(checked_line(value))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Co"]), max_size=200))
def test_every_wording_can_be_read(text: str) -> None:
    """Nothing that somebody may write is a traceback."""
    parse_inlines(Wording("en", (text,)))
    read(text)


@given(st.text("*_`[](){}<>|#:-+=~\\!\"'0.\n \tab&;", max_size=120))
def test_every_heap_of_marks_can_be_read(text: str) -> None:
    read(text, Printed("x", "v"))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Monday to Friday, 8.30am to 5pm", "Monday to Friday, 8.30am\u00a0to\u00a05pm"),
        ("08:30 to 17:00", "08:30\u00a0to\u00a017:00"),
        ("01632 960 001", "01632\u00a0960\u00a0001"),
        ("Room 5 to the left", "Room 5 to the left"),
    ],
)
def test_neither_a_number_nor_a_span_of_hours_is_torn_over_two_lines(
    text: str, printed: str
) -> None:
    [value] = shown_facts([Printed("channels.0.staffed_hours", text)], {})
    assert isinstance(value, Value)
    assert value.text == printed
