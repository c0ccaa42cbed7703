"""What an edition shows of a policy: numbers, audiences, links, sources, and what a draft still lacks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import LAW, OUTLINE, PROFILE, ROOT, Small, said

from policygen.characters import bad_characters
from policygen.model import document as doc
from policygen.model.document import Document
from policygen.model.document.walk import headings, plain
from policygen.present.cut import Cut
from policygen.present.edition import present

SOURCES = """\
foi:
  {title: Information Act, year: 2000, publisher: Gazette, url: https://law.example/foi, status: in-force,
   checked_on: 2026-11-21}
old: {title: The old code of 1999, year: 1999, publisher: Gazette, url: https://law.example/old, status: superseded}
new: {title: The new code, publisher: Gazette, url: https://law.example/new, status: unverified}
"""
TWO = """\
# The law

- lead: The law of {{ organisation.name }}.
- decides: Legal
- by: Today

## A {#law.a}

- source: new s.1
- under: may

### Overview

May do a

### Snapshot

Do a, see [b](#law.b) and [c](#law.c).

### Rule

Do a well, see [b](#law.b) and [c](#law.c).

## B {#law.b}

- audience: comms
- source: foi
- source: new

### Rule

Do b.

## C {#law.c}

- audience: public
- under: never

### Overview

Never do c

### Snapshot

Not c.

### Rule

Do not do c.
"""


def walk(node: object) -> Iterator[object]:
    """Every block and inline of a document, however deep."""
    yield node
    if isinstance(node, tuple):
        for item in node:
            yield from walk(item)
    elif type(node).__module__.startswith(doc.__name__) and not isinstance(
        node, doc.Mark | doc.AsideKind | doc.Role
    ):
        for name in type(node).__slots__:
            yield from walk(getattr(node, name))


def of(kind: type, document: Document) -> list[object]:
    return [node for node in walk(document.body) if isinstance(node, kind)]


def two(small: Small) -> Small:
    return small.write({"base/law.md": TWO, "base/sources.yaml": SOURCES})


def words(document: Document) -> str:
    lines = (node for node in walk(document.body) if isinstance(node, doc.Paragraph | doc.Heading))
    return "\n".join(plain(node.inlines).replace("\u00a0", " ") for node in lines)


def numbers(document: Document) -> list[str]:
    return [heading.number for heading in headings(document.body) if heading.number]


SILENT = """\
# The law

## A {#law.a}

- under: may

### Overview

{% if elections %}Ask.{% endif %}

### Snapshot

{% if elections %}Ask.{% endif %}

### Rule

{% if elections %}Ask.{% endif %}
"""


def test_a_line_of_which_no_branch_holds_is_not_printed(small: Small) -> None:
    small.write({"base/law.md": SILENT})
    short = words(small.document("overview")) + words(small.document("snapshot"))
    assert "(1.1)" not in short
    assert "1.1" in numbers(small.document())
    assert ("elections", "") in [
        (fact, value) for c in small.policy().clauses() for fact, value in c.chosen_by
    ]


def test_a_line_of_which_no_branch_holds_is_an_error_where_it_is_required(small: Small) -> None:
    small.write(
        {
            "base/law.md": SILENT,
            "outline.yaml": OUTLINE.replace("form: rules", "form: rules, required: true"),
        }
    )
    (problem,) = small.found()
    assert said(problem) == (
        'base/law.md:3:1 error "law.a" says nothing in its overview: no condition in it holds.\n'
        "    Write an {% else %}, or put a `when:` on the clause."
    )


def test_a_clause_has_the_same_number_in_every_edition(small: Small) -> None:
    two(small)
    assert [(h.number, plain(h.inlines)) for h in headings(small.document().body) if h.number] == [
        ("1", "The law"),
        ("1.1", "A"),
        ("1.2", "B"),
        ("1.3", "C"),
    ]
    assert "1.3 Not c." in words(small.document("snapshot"))
    overview = words(small.document("overview"))
    assert "May do a (1.1)" in overview
    assert "Never do c (1.3)" in overview


def test_a_cover_names_the_editions_of_the_whole_policy(small: Small) -> None:
    """Never a tier of which no edition is made."""
    book = small.document()
    assert [(title, here) for title, _, here in book.masthead.depth] == [
        ("Overview", False),
        ("Snapshot", False),
        ("Full story", True),
    ]


COMPACT = """\
title: Council
editions: {full-story: {compact: {core: yes}, pages: {core: 6}}}
"""


def test_what_a_kind_calls_compact_has_no_cover_and_no_chart(small: Small) -> None:
    """At that extent; labels stand for titles, and the snapshot keeps the leads."""
    law = TWO.replace("- lead", "- grade: core\n- lead", 1)
    law = law.replace("- source: new s.1", "- label: First\n- source: new s.1")
    chart = "# Chart\n\n- grade: core\n" + CHART.partition("\n")[2]
    small.write({"base/law.md": law, "base/sources.yaml": SOURCES, "base/chart.md": chart})
    small.write({"kind/council/layer.yaml": COMPACT})
    small.write({"organisation/profile.yaml": PROFILE + "extent: core\n"})
    core = small.document()
    assert (core.masthead.cover, core.compact, core.pages) == (False, True, 6)
    listed = [plain(heading.inlines) for heading in headings(core.body) if heading.number]
    assert listed == ["The law", "First", "B", "C"]
    assert "The law of" not in words(core)
    assert "The law of" in words(small.document("snapshot"))
    small.write({"organisation/profile.yaml": PROFILE + "extent: usual\n"})
    usual = small.document()
    assert (usual.masthead.cover, usual.compact, usual.pages) == (True, False, 0)
    assert "Chart" in words(usual)


def test_a_link_says_its_number_and_where_it_cannot_lead_that_alone(small: Small) -> None:
    two(small)
    full, snapshot = small.document(), small.document("snapshot")
    assert "Do a well, see b (clause 1.2) and c (clause 1.3)." in words(full)
    assert "Do a, see b (full story 1.2) and c (clause 1.3)." in words(snapshot)
    assert [link.href for link in of(doc.Link, snapshot) if link.href.startswith("#")] == ["#law.c"]
    for document in (full, snapshot, small.document("overview")):
        anchors = {getattr(node, "anchor", "") for node in walk(document.body)}
        targets = {link.href[1:] for link in of(doc.Link, document) if link.href.startswith("#")}
        assert targets <= anchors


def test_what_stands_in_another_file_of_the_same_build_is_linked_to(small: Small) -> None:
    """A file that this run did not make is named only: nothing says that it is there."""
    snapshot = two(small).policy()
    with_book = present(snapshot, "snapshot", files={"full-story": "full-story.cy"})
    alone = present(snapshot, "snapshot", files={"overview": "overview"})
    assert words(with_book) == words(alone)
    assert [(link.file, link.href, plain(link.children)) for link in files(with_book)] == [
        ("full-story.cy", "#law.b", "full story 1.2")
    ]
    assert files(alone) == []


def files(document: Document) -> list[doc.Link]:
    return [link for link in of(doc.Link, document) if link.file]


def test_an_edition_for_an_audience_shows_its_own_and_everyones(small: Small) -> None:
    two(small).write(
        {
            "base/house-rules.md": TWO.replace("# The law", "# House rules").replace(
                "law.", "house-rules."
            ),
            "outline.yaml": OUTLINE
            + "  comms: {title: C, tiers: [rule], layout: brief, audience: comms}\n",
        }
    )
    assert numbers(small.document("house-rules")) == ["2.1", "2.3"]  # its section is the document
    assert numbers(small.document("comms")) == ["1", "1.1", "1.2", "2", "2.1", "2.2"]


PRACTICE = """\
# The law

## Keep it {#law.keep}

- audience: comms

### Rule

Keep it.

### In practice

Press save, as [the other](#law.tell) says.

## Tell us {#law.tell}

### Rule

Tell us.
"""


def test_a_rule_and_its_practice_in_one_edition_and_each_alone(small: Small) -> None:
    outline = OUTLINE + (
        "  policy: {title: Policy, tiers: [rule], layout: book, default: yes}\n"
        "  handbook: {title: Handbook, tiers: [practice], layout: book}\n"
    )
    small.write({"outline.yaml": outline, "base/law.md": PRACTICE})
    told = words(small.document("full-story"))
    assert "For communications staff.\nKeep it.\nIn practice\nPress save, as the other" in told
    assert "In practice" not in words(small.document("policy"))
    assert "Press" not in words(small.document("policy"))
    assert "as the other (policy 1.2) says." in words(small.document("handbook"))
    assert numbers(small.document("handbook")) == ["1", "1.1"]


def test_an_edition_for_the_public_does_without_headings_over_its_tiers(small: Small) -> None:
    small.write(
        {
            "outline.yaml": OUTLINE
            + "  leaflet: {title: L, tiers: [rule, practice], layout: brief, headings: no}\n"
        }
    )
    small.write({"base/law.md": PRACTICE})
    assert "Keep it.\nPress save, as the other" in words(small.document("leaflet"))


def test_a_section_that_tells_nothing_in_an_edition_has_no_heading(small: Small) -> None:
    outline = OUTLINE + "  members: {title: M, tiers: [snapshot], layout: brief, audience: comms}\n"
    outline += "  manage: {title: M, tiers: [rule], layout: brief, audience: managers}\n"
    only_comms = LAW.replace("\n### Rule", "\n- audience: comms\n\n### Rule").replace(
        "law.", "elections."
    )
    two(small).write(
        {"base/elections.md": only_comms.replace("The law", "Elections"), "outline.yaml": outline}
    )
    assert numbers(small.document())[-2:] == ["2", "2.1"]
    assert numbers(small.document("manage")) == ["1", "1.1"]
    assert [node.number for node in of(doc.Topic, small.document("members"))] == ["1"]


def test_sources_are_numbered_as_they_are_met(small: Small) -> None:
    two(small).write({"organisation/profile.yaml": DRAFT})
    document = small.document()
    listed = next(block for block in of(doc.Group, document) if block.role == "sources")
    texts = [plain(node.inlines) for node in walk(listed) if isinstance(node, doc.Paragraph)]
    assert texts == [
        "The new code. Gazette. Cited in 1.1 and 1.2. Not yet checked",
        "Information Act, 2000. Gazette. Cited in 1.2. Checked 21\u00a0November\u00a02026.",
    ]
    assert "Source 1 (s.1)." in words(document)
    assert "For communications staff.\nDo b.\nSources 1, 2." in words(document)


DRAFT = PROFILE.replace("approved", "draft")
GAPS = """\
# The law

## Keep a record {#law.records}

### Rule

Number {{ policy.number }}, write to [us](mailto:{{ contacts.legal.email }}) or {{ contacts.legal.role }}.

## Channels {#law.channels}

### Rule

{{ policy.number }}

| A |
|---|
{% for c in channels %}
| {{ c.platform }} |
{% endfor %}
"""


def test_a_draft_prints_its_gaps_and_lists_what_whom_to_ask_and_where(small: Small) -> None:
    small.write({"base/law.md": GAPS, "organisation/profile.yaml": DRAFT})
    document = small.document()
    assert not document.in_force
    assert [(plain((gap,)), gap.label) for gap in of(doc.Gap, document)[:4]] == [
        ("[gap\u00a01]", "policy number"),
        ("[gap\u00a02]", "legal team role"),
        ("[gap\u00a01]", "policy number"),
        ("[gap\u00a04]", "channels"),
    ]
    assert gap_list(document) == [
        "What is still missing",
        "This draft cannot be approved until each of these is known. A gap has the same number in every edition.",
        "Whoever keeps the register of policies",
        "[gap 1] Policy number. Wanted in 1.1 and 1.2.",
        "The legal team",
        "[gap 2] Legal team role. Wanted in 1.1.",
        "[gap 3] Legal team email address. Wanted in 1.1.",
        "The policy’s owner",
        "[gap 4] Channels. Wanted in 1.2.",
    ]
    assert document.body[-1].role == "gaps"


def gap_list(document: Document) -> list[str]:
    part = next(block for block in of(doc.Group, document) if block.role == "gaps")
    lines = (node for node in walk(part) if isinstance(node, doc.Paragraph | doc.Heading))
    return [plain(line.inlines).replace("\u00a0", " ") for line in lines]


WANTING = """\
# The law

- lead: Ask {{ contacts.press_office.role }}.

## Keep a record {#law.records}

- under: may

### Overview

Ask {{ contacts.legal.role }}.

### Snapshot

Ask {{ contacts.legal.role }}.

### Rule

Ask {{ contacts.press_office.role }} or {{ contacts.legal.role }}.

## Say so {#law.say}

- audience: public

### Rule

Ask {{ contacts.legal.role }}.
"""


def test_a_gap_has_one_number_in_every_edition_and_each_mark_leads_to_its_line(
    small: Small,
) -> None:
    outline = OUTLINE + "  some: {title: S, tiers: [rule], layout: brief, audience: comms}\n"
    small.write(
        {"base/law.md": WANTING, "organisation/profile.yaml": DRAFT, "outline.yaml": outline}
    )
    for edition in ("snapshot", "full-story", "some"):
        document = small.document(edition)
        marks = {gap for gap in of(doc.Gap, document) if gap.anchor}
        items = {node.anchor for node in of(doc.ListItem, document)}
        assert marks
        assert {(gap.path, gap.anchor) for gap in marks} <= NUMBERS
        assert {gap.anchor for gap in marks} <= items
        assert "Press office role. Wanted in section 1 and 1.1." in gap_list(document)[3]


NUMBERS = {("contacts.press_office.role", "gap-1"), ("contacts.legal.role", "gap-2")}


def test_a_poster_says_in_one_line_what_its_marks_mean(small: Small) -> None:
    small.write({"base/law.md": WANTING, "organisation/profile.yaml": DRAFT})
    document = small.document("overview")
    last = document.body[-1]
    assert last.role == "missing"
    assert (
        plain(last.blocks[0].inlines) == "Gaps: 2 legal team role. Whom to ask: see the full story."
    )
    assert "[gap\u00a02]" in "".join(plain(line.inlines) for line in of(doc.Paragraph, document))


def test_in_a_comparison_a_gap_that_both_lack_has_one_number(small: Small) -> None:
    small.write({"base/law.md": WANTING, "organisation/profile.yaml": DRAFT})
    first = small.policy()
    small.write(
        {
            "organisation/profile.yaml": f"{DRAFT}contacts: {{press_office: {{role: the press office}}}}\n"
        }
    )
    second = small.policy()
    edition = second.outline.full
    now = Cut(second, edition)
    was = Cut(first, edition, now.numbering)
    assert now.gaps["contacts.legal.role"] == was.gaps["contacts.legal.role"]
    assert {gap.anchor for gap in was.gaps.values()} == {"gap-1", "gap-2"}


def test_what_a_draft_lacks_stops_an_approved_policy_all_at_once(small: Small) -> None:
    small.write({"base/law.md": GAPS, "organisation/profile.yaml": DRAFT})
    warnings = [said(problem) for problem in small.found()]
    assert len(warnings) == 4
    for status in ("consultation", "approved", "superseded"):
        small.write({"organisation/profile.yaml": PROFILE.replace("approved", status)})
        assert [said(problem) for problem in small.found()] == [
            w.replace(" warning ", " error ") for w in warnings
        ]


def test_a_complete_draft_has_no_list_of_gaps(small: Small) -> None:
    small.write({"base/law.md": LAW, "organisation/profile.yaml": DRAFT})
    assert not any(part.role == "gaps" for part in of(doc.Group, small.document()))


LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]),
    min_size=1,
    max_size=30,
).filter(lambda text: not any(bad_characters(text)))
HOSTILE = [
    "A & B <script> *x* {{ y }} | z",
    "{page} of {pages}",
    "{0}",
    "%s",
    "](x)",
    "::: do",
    "# h",
    "&amp;",
    "1. a",
]

WHEREVER = """\
# Law of {{ organisation.name }}

- lead: {{ organisation.name }}

## At {{ organisation.name }} {#law.a}

### Rule

| {{ organisation.name }} |
|---|
| {{ organisation.name }} |

[{{ organisation.name }}](https://a.example)
"""


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(name=st.sampled_from(HOSTILE) | LINES.map(lambda text: " ".join(text.split())).filter(bool))
def test_a_name_prints_as_it_is_wherever_it_stands(name: str, small: Small) -> None:
    quoted = '"' + "".join(f"\\U{ord(c):08x}" for c in name) + '"'
    small.write(
        {
            "base/law.md": WHEREVER,
            "organisation/profile.yaml": PROFILE.replace("Fenwick Borough Council", quoted),
        }
    )
    document = small.document()
    values = [value.text for value in of(doc.Value, document)]
    assert values == [name] * 6
    assert [plain(h.inlines) for h in headings(document.body) if h.number] == [
        f"Law of {name}",
        f"At {name}",
    ]
    assert (
        document.meta.author,
        document.masthead.organisation,
        document.running.organisation,
    ) == (name,) * 3
    assert document.meta.title.endswith(name)


CHART = (
    (ROOT / "tests/cases/chart.md")
    .read_text()
    .partition("```base/chart.md\n")[2]
    .partition("```")[0]
)


def test_the_chart_says_where_each_answer_leads(small: Small) -> None:
    small.write({"base/chart.md": CHART})
    for edition in ("overview", "full-story"):
        table = next(node for node in of(doc.Table, small.document(edition)) if len(node.rows) == 3)
        assert [[plain(cell) for cell in row.cells] for row in table.rows] == [
            ["1", "Is it ours?", "No: Then it is yours."],
            ["2", "Is it done?", "No: Go to 3."],
            ["3", "Is it secret?", "Yes: Do not post."],
        ]
        assert "Post it. Then stay." in words(small.document(edition))


def test_a_consultation_says_under_each_clause_where_to_comment(small: Small) -> None:
    two(small).write(
        {
            "organisation/profile.yaml": PROFILE.replace(
                "policy: {status: approved}",
                "policy: {status: consultation, number: COM-1, owner: {role: Head, email: head@fenwick.example}}",
            )
        }
    )
    links = [
        link.href for link in of(doc.Link, small.document()) if link.href.startswith("mailto:")
    ]
    assert (
        links[0]
        == "mailto:head@fenwick.example?subject=Comment%20on%20clause%201.1%20%28law.a%29%20COM-1"
    )
    assert len(links) == 3
    assert "Comment on" not in words(two(small).set("").document("snapshot"))
