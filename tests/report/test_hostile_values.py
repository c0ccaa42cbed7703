"""A value is never a template, nor markup: whatever a profile holds comes out of every report as it went in."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt
from organisations import EVERYTHING
from small import PROFILE, Small

from policygen.cli.terminal.document import draw_document
from policygen.diff import differences
from policygen.diff.gather import Collector
from policygen.diff.matrix import matrix
from policygen.model.comparison.difference import Differences
from policygen.model.comparison.impact import AffectedPolicy, Effect, Impact
from policygen.model.comparison.matrix import Matrix
from policygen.model.document import Document
from policygen.model.policy import Policy
from policygen.model.provenance import provenance_to_json
from policygen.pipeline.fleet.compare_all import matrix_page
from policygen.report.changes.changelog import draft_summary
from policygen.report.changes.document import change_report
from policygen.report.changes.redline import redline
from policygen.report.changes.serialise import differences_to_json
from policygen.report.impact.document import impact_report
from policygen.report.impact.serialise import impact_to_json
from policygen.report.matrix.document import matrix_report, matrix_table
from policygen.report.matrix.serialise import matrix_to_csv, matrix_to_json
from policygen.report.origins.document import provenance_sheet
from policygen.report.origins.trace import trace
from policygen.write.writer import writer

LAW = """\
# The law

## Keep a record {#law.records}

### Rule

{{ organisation.name }} keeps version {{ policy.version }} within {{ policy.number }}, says {{ contacts.legal.role }}.

{% if organisation.unions %}

{% for union in organisation.unions %}
- {{ union }}
{% endfor %}

{% endif %}
"""
PIECES = (
    *("{", "}", "{x}", "{0.__class__}", "{{", "}}", "%", "%s", "%(name)s", "$name", "\\", "\\1"),
    *("<b>", "</td>", "&amp;", "*", "**", "_", "~~", "`", "|", "#", "[x](y)", "[bold]", ":smile:"),
    *(
        '"',
        "'",
        "“",
        "עִבְרִית",
        "مرحبا",
        "A",
        "Council",
        "Ünïon",
        " ",
        " - ",
        "- ",
        "=",
        "+",
        "@",
        "1. ",
    ),
)


def _line(text: str) -> str:
    """One line, as a profile keeps it, with a word in it."""
    return unicodedata.normalize("NFC", " ".join(f"{text}x".split()))


LINES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join).map(_line)
NASTY = (
    "Fenwick {x} Council",
    "{0.__class__}",
    "A | B",
    "- A",
    "%(name)s % {",
    "\\1 \\g<0>",
    "<b>A</b> & *B*",
    "=1+1",
    "A" * 60,
    "מועצת {x}",
)


# --- What a reader sees of each format ---------------------------------------------------------------------


def seen(text: str) -> str:
    """A text without spaces, which lines break at, and without what only isolates its direction."""
    return re.sub(r"[\s\u2066-\u2069\u200e\u200f\ufeff]", "", text)


def of_terminal(document: Document) -> str:
    """What a terminal shows that is wide enough to fold no name within its column."""
    return draw_document(document, width=1000)


def of_html(document: Document) -> str:
    return _html_text(writer("html").write(document))


def _html_text(data: bytes) -> str:
    tree = html.fromstring(data.decode())
    etree.strip_elements(tree, "script", "style", with_tail=False)
    return str(tree.text_content())


def of_markdown(document: Document) -> str:
    """The words of a Markdown file, as CommonMark reads them."""
    tokens = MarkdownIt("commonmark").enable("table").parse(writer("md").write(document).decode())
    children = (child for token in tokens for child in token.children or ())
    return "".join(child.content for child in children)


def of_docx(document: Document) -> str:
    with ZipFile(BytesIO(writer("docx").write(document))) as file:
        tree = etree.fromstring(file.read("word/document.xml"))
    return "".join(t.text or "" for t in tree.iter("{*}t", "{*}delText"))


FORMATS: dict[str, Callable[[Document], str]] = {
    "terminal": of_terminal,
    "html": of_html,
    "markdown": of_markdown,
    "docx": of_docx,
}


def strings(data: bytes | str) -> Iterator[str]:
    """Every text of a JSON file."""
    nodes = [json.loads(data)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            nodes += node.values()
        elif isinstance(node, list):
            nodes += node


# --- Every report ------------------------------------------------------------------------------------------


def documents(found: Differences, bodies: Matrix) -> Iterator[tuple[str, Document]]:
    first, second = found.first, found.second
    names = first.profile.name, second.profile.name
    yield "changes", change_report(found, names)
    yield "changes counted", change_report(found, names, summary=True)
    yield "redline", redline(found)
    yield "matrix", matrix_report(bodies, close=(matrix_table(bodies),))
    yield "impact", impact_report(_impact(found), second.outline)
    yield "provenance", provenance_sheet(second)


def _impact(found: Differences) -> Impact:
    name = found.second.profile.name
    effects = tuple(Effect("Keep", (AffectedPolicy(name, each),)) for each in found.found)
    return Impact(
        revision=name, commit="0" * 7, day=date(2026, 12, 1), policies=(name,), effects=effects
    )


def policy(small: Small, name: str, more: str) -> Policy:
    """A body that says a line wherever it may say one."""
    facts = PROFILE.replace("Fenwick Borough Council", json.dumps(name, ensure_ascii=False))
    more = json.dumps(more, ensure_ascii=False)
    facts = facts.replace("status: approved", f"status: approved, number: {more}, version: {more}")
    facts += f"contacts: {{legal: {{role: {more}}}}}\nunions: [{more}, other]\n"
    small.write({"organisation/profile.yaml": facts, "base/law.md": LAW})
    return small.policy()


def check(small: Small, line: str) -> None:
    plain, hostile = policy(small, "Fenwick", "plain"), policy(small, line, line)
    found, back = differences(plain, hostile), differences(hostile, plain)
    assert found.found
    assert hostile.profile.name == line
    collector = Collector()
    collector.add("a", "A", plain)
    collector.add("b", line, hostile)
    bodies = matrix(collector.kept)
    wanted = seen(line)
    for name, document in documents(found, bodies):
        for format, read in FORMATS.items():
            if name != "redline" or format in ("html", "docx"):
                assert wanted in seen(read(document)), (name, format)
    for name, document in documents(back, bodies):
        for read in FORMATS.values():
            assert read(document), name
    assert wanted in seen(_html_text(matrix_page(bodies)))
    for data in (
        differences_to_json(found, ("A", line)),
        b"".join(matrix_to_json(bodies)),
        impact_to_json(_impact(found)),
        provenance_to_json(trace(hostile)),
    ):
        assert any(line in text for text in strings(data))
    rows = list(csv.reader(StringIO(matrix_to_csv(bodies).decode("utf-8-sig"))))
    formula = line.startswith(("=", "+", "-", "@"))
    assert rows[0][-1] == (f"'{line}" if formula else line)
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row
    )


@pytest.mark.slow
@pytest.mark.parametrize("line", NASTY)
def test_a_hostile_line_goes_through_every_report(small: Small, line: str) -> None:
    check(small, line)


@pytest.mark.slow
def test_any_line_goes_through_every_report(small: Small) -> None:
    @settings(max_examples=100 if EVERYTHING else 8, suppress_health_check=[HealthCheck.too_slow])
    @given(LINES)
    def every(line: str) -> None:
        check(small, line)

    every()


@pytest.mark.slow
def test_a_new_version_is_told_with_its_value(small: Small) -> None:
    """The draft for the change history prints values too."""
    law = "# The law\n\n## Ask {#law.ask}\n\n### Rule\n\nAsk {{ organisation.banned_apps | listed }}.\n"
    small.write({"base/law.md": law})
    for line in NASTY:
        versions = []
        for app in ("plain", line):
            profile = f"{PROFILE}banned_apps: [{json.dumps(app, ensure_ascii=False)}]\n"
            versions.append(small.write({"organisation/profile.yaml": profile}).policy())
        assert line in draft_summary(differences(*versions)), line
