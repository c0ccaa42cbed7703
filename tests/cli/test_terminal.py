"""A document on a terminal: names as they are written, and nothing that could steer the terminal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import sample_document

from policygen.cli.terminal.document import draw_document
from policygen.model.document import (
    Aside,
    AsideKind,
    Block,
    ClauseBlock,
    Code,
    CodeBlock,
    Counts,
    Deleted,
    Gap,
    Heading,
    Inserted,
    List,
    ListItem,
    Paragraph,
    Row,
    Shape,
    Shaped,
    Table,
    Tag,
    Text,
    Value,
)

NAMES = (
    "{",
    "}",
    "{0}",
    "{name!r}",
    "%",
    "%s",
    "%(x)s",
    "\\",
    "\\n",
    "[bold]",
    "[/]",
    ":smile:",
    "<b>",
)
WIDE = 400
STYLE = re.compile("\x1b\\[[0-9;]*m")


def blocks(name: str) -> tuple[Block, ...]:
    """A name in every kind of block and inline."""
    value = Value("organisation.name", name)
    line = (Text("a "), value, Text(" z"))
    changed = (Inserted((value,)), Deleted((value,)), Value("x", name, other=name))
    clause = (
        Heading(3, line, "c", "1.1"),
        Paragraph(changed),
        Table(Row((line,)), (Row((line,)),)),
    )
    return (
        Heading(2, line, "h", "1", was="2"),
        Paragraph(line),
        List((ListItem((Paragraph(line),)),), ordered=True),
        Table(Row((line, line)), (Row((line, (Code(name),))),), caption=line),
        Aside(AsideKind.NOTE, name, (Paragraph((Tag(name, True), Tag(name, False))),)),
        CodeBlock(name),
        Counts(name, ((Shape.SAME, 3, name),)),
        ClauseBlock("c", clause),
        Paragraph((Gap("x", name), Shaped(Shape.FIRST, (value,)))),
    )


def drawn(name: str, width: int = WIDE) -> str:
    sample = sample_document("brief")
    head = replace(sample.masthead, organisation=name, title=name, lead=name)
    return draw_document(replace(sample, masthead=head, body=blocks(name)), width)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_template_and_no_markup(name: str) -> None:
    shown = click.unstyle(drawn(f"Hill {name} Town"))
    # Head 3, and every place of `blocks`, of which those of the clause stand on two sides.
    assert shown.count(f"Hill {name} Town") >= 25


@pytest.mark.slow
@given(st.text(st.sampled_from("\x00\x07\x08\x1b\x7f\x9b\u202e\u2066\u2028\ud800[]2J;mX ")))
def test_nothing_unprintable_is_drawn(name: str) -> None:
    for width in (60, WIDE):
        shown = STYLE.sub("", drawn(f"A{name}Z", width))
        unprintable = {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl")}
        assert unprintable <= {"\n"}


def test_an_escape_is_shown_as_one() -> None:
    assert "Clear \\x1b[2J me" in click.unstyle(drawn("Clear \x1b[2J me"))
