"""The one reader: what `load` calls a clause, the printer prints as one; comments are never read; time grows with length.

The corpus of what is read, and of every fault, is `tests/cases/markdown.md`.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.compose.template.compiled import compiled, condition
from policygen.markdown.braces import mask
from policygen.markdown.fragment import read_parts
from policygen.markdown.parser import document_tokens
from policygen.markdown.prose import parse_blocks
from policygen.model.document import CodeBlock
from policygen.model.document.walk import plain, text_lines, walk
from policygen.model.wording import Wording

HEAD = "## A {#law.a}\n\n### Rule\n\n"

INDENT = st.sampled_from(["", " ", "  ", "   ", "\t", "    "])
HEADINGS = st.builds(
    "{}{} T {}{}".format,
    INDENT,
    st.sampled_from(["#", "##", "###", "####"]),
    st.sampled_from(["", "{#law.a}", "{#law.b}"]),
    st.sampled_from(["", " ##", "  "]),
)
WORDS = st.sampled_from(
    [
        "word",
        "*a* **b** `c`",
        "[x](https://a.example)",
        "{{ organisation.name }}",
        "{% if organisation.unions %}",
        "{% endif %}",
        "a<br>b",
        "[^1] ^[note]",
        "#tag",
        "| a | b |",
        "|---|---|",
        "===",
        "---",
        "<b>",
        "\\",
        "~~~",
        "```",
        "::: note",
        ":::",
        "",
    ]
)
MARKERS = st.sampled_from(["", "- ", "1. ", "> ", "> > ", "  - ", "* ", "\t"])
LINES = st.builds("{}{}{}".format, INDENT, MARKERS, WORDS) | HEADINGS | st.just("")
COMMENTS = st.builds(
    "{}<!--{} secret {}-->{}".format,
    st.sampled_from(["", "  ", "- ", "| ", "text "]),
    st.sampled_from(["", " ", "\n", "\n\n## S {#law.s}\n", " {% if ", "```\n"]),
    st.sampled_from(["", "\n", "}} ", "```\n"]),
    st.sampled_from(["", " text", " |"]),
)
FRAGMENTS = st.tuples(st.lists(LINES | COMMENTS, max_size=20), st.sampled_from(["\n", "\r\n"])).map(
    lambda drawn: drawn[1].join([*HEAD.split("\n"), *drawn[0]])
)


@given(FRAGMENTS)
def test_what_load_calls_a_telling_the_printer_prints_as_one(text: str) -> None:
    parts, faults = read_parts(text.replace("\r\n", "\n"))
    for part in parts if not faults else ():
        printed = mask(part.text).text  # a line of statements alone prints nothing
        kinds = {token.type for token in document_tokens(printed)}
        assert not kinds & {"heading_open", "html_block", "hr", "code_block"}


@given(FRAGMENTS)
def test_what_is_commented_out_is_never_read(text: str) -> None:
    parts, _ = read_parts(text.replace("\r\n", "\n"))
    for part in parts:
        read = [part.title, part.id or "", *part.text, *(slip.value for slip in part.slip)]
        assert not any("secret" in words or "-->" in words for words in read)
        assert part.id != "law.s"


@given(st.text(alphabet="ab \n\t#`~<>!-[](){}%*_|:^\\'\"1.&=+", max_size=200))
def test_any_heap_of_marks_can_be_read_and_printed(text: str) -> None:
    parts, _ = read_parts(HEAD + text)
    for part in parts:
        parse_blocks(Wording("en", ("\n".join(part.text),)), {})
        assert len(part.text) == len(part.lines)


def test_every_line_knows_its_place() -> None:
    text = HEAD + "One.[^1]\n<!-- x\ny -->\nTwo.\n\n[^1]: Note.\n\nThree [a](#law.b).\n"
    part = read_parts(text)[0][2]
    assert part.text == ["One.^[Note.]", "Two.", "", "Three [a](#law.b)."]
    assert [part.lines[number] for number in (0, 1, 3)] == [5, 8, 12]
    assert part.links == [("law.b", 12, 11)]


# --- Time and depth --------------------------------------------------------------------------------------

HEAPS = {
    "brackets": "[",
    "links": "[a](",
    "images": "![",
    "notes": "^[",
    "marks of notes": "[^1] ",
    "tags": "<a ",
    "pointed brackets with facts": "<a{{x}}",
    "comments": "<!--",
    "comments that end": "<!-- x -->",
    "emphasis": "*a **b _c ",
    "ticks": "`a``b",
    "braces": "{{",
    "closed braces": "{{ x }}",
    "quotes in braces": "{{ ' }} \" ",
    "statements": "{% if x %}",
    "attributes": "[a]{.b ",
    "entities": "&a",
    "escapes": "\\",
    "strokes": "a|",
    "equals": "==a",
    "dashes": "-",
    "spaces": " ",
    "colons": ":a",
    "quotations": "> ",
    "lists": "- ",
    "items": "- a\n",
    "numbers": "1. a\n",
    "definitions": "[a]: b\n",
    "definitions of notes": "[^1]: b\n",
    "rows": "|a|\n|-|\n",
    "fences": "```\n",
    "asides": "::: note\n",
    "quotations in lines": "> a\n",
    "headings": "## a\n",
    "indents": "\ta\n",
    "lines of tags": "<a>\n",
    "invisible": "\u200b",
    "unprintable": "\x01",
    "isolates": "\u2066",
}


def _seconds(text: str) -> float:
    start = time.process_time()
    parts, _ = read_parts(text)
    for part in parts[2:]:
        parse_blocks(Wording("en", ("\n".join(part.text),)), {})
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAPS)
def test_time_grows_with_length(name: str) -> None:
    size = 20_000 // len(HEAPS[name])
    once = _seconds(HEAD + HEAPS[name] * size)
    twice = _seconds(HEAD + HEAPS[name] * size * 2)
    assert twice < 3 * once + 0.5


@pytest.mark.parametrize(
    "text",
    [
        "{{ a" + " if a else a" * 3000 + " }}",
        "{% if " + "not " * 3000 + "a %}x{% endif %}",
        "{% if " + "(" * 3000 + "a" + ")" * 3000 + " %}x{% endif %}",
        "{{ a" + " | the" * 3000 + " }}",
        "{{ a" + ".b" * 3000 + " }}",
        "{{ a" + "['b']" * 3000 + " }}",
        "{% if a" + " and a" * 3000 + " %}x{% endif %}",
        "{% if a %}" * 3000 + "x" + "{% endif %}" * 3000,
        "{% if a == " + "[" * 3000 + "]" * 3000 + " %}x{% endif %}",
        "{% if a %}x" + "{% elif a %}x" * 3000 + "{% endif %}",
    ],
)
def test_conditions_that_are_nested_too_deeply_are_a_fault(text: str) -> None:
    found = compiled(text)
    assert found.template is None
    assert found.faults
    if text.startswith("{% if") and "%}" in text[6:]:
        inner = text[6 : text.index("%}")]
        assert condition(inner).faults or len(inner) < 10


@pytest.mark.parametrize(
    "text",
    [
        "*a **b " * 2000 + "c** d*" * 2000,
        "[" * 3000 + "a" + "](https://a.example)" * 3000,
        "> " * 3000 + "a",
        "".join("  " * depth + "- a\n" for depth in range(300)),
        "^[" * 1000 + "a" + "]" * 1000,
    ],
)
def test_marks_that_are_nested_too_deeply_end_in_no_traceback(text: str) -> None:
    _, faults = read_parts(HEAD + text)
    assert faults
    found = parse_blocks(Wording("en", (text,)), {})
    assert all(
        plain(line) is not None
        for block in walk(found)
        if not isinstance(block, CodeBlock)
        for line in text_lines(block)
    )
