"""The change report: everything that differs stands in it, once, under words that are true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from organisations import policies
from small import OUTLINE, Small

from policygen.diff import differences
from policygen.diff.select import narrow_differences
from policygen.model import document as doc
from policygen.model.comparison.difference import ComparisonScope, DifferenceKind, Differences
from policygen.model.document import Shape
from policygen.model.document.walk import plain
from policygen.report.changes import finding
from policygen.report.changes.document import change_report
from policygen.report.changes.finding import COUNT_SHAPES, count_key
from policygen.report.changes.reasons import reasons_text
from policygen.report.sentences import NUMBER_WORDS, short_name, side_names, value_text

PAIRS = [
    ("fenwick", "rauporoa"),
    ("fenwick", "glanmorfa"),
    ("ministry-of-weather", "department-of-loughs"),
]


@cache
def found(a: str, b: str) -> Differences:
    return differences(*(policies(name)[0] for name in (a, b)))


@cache
def report(a: str, b: str) -> doc.Document:
    return change_report(found(a, b), (a, b))


def nodes(node: Any) -> Iterator[Any]:
    """Every node of a document."""
    yield node
    for name in getattr(node, "__slots__", ()):
        value = getattr(node, name)
        for one in value if isinstance(value, tuple) else (value,):
            if hasattr(one, "__slots__"):
                yield from nodes(one)


def told(document: doc.Document) -> dict[str, set[str]]:
    """The kinds under which each clause stands; raises where one stands twice."""
    kinds: dict[str, set[str]] = {}
    omitted = {
        row.clause
        for part in nodes(doc.Group("", document.body))
        if isinstance(part, doc.Group) and part.anchor == "left-out-otherwise"
        for row in nodes(part)
        if isinstance(row, doc.Row)
    }
    for node in nodes(doc.Group("", document.body)):
        given = (
            (node.id, set(node.kinds))
            if isinstance(node, doc.ClauseBlock)
            else (
                (node.clause, {"left-out-otherwise" if node.clause in omitted else "names-only"})
                if isinstance(node, doc.Row) and node.clause
                else None
            )
        )
        if given:
            assert given[0] not in kinds, f"{given[0]} stands twice"
            kinds[given[0]] = given[1]
    return kinds


def lacking(document: doc.Document, differing: Differences) -> list[tuple[str, str]]:
    """The differences between clauses that a report does not tell."""
    kinds = told(document)
    return [
        (d.clause, d.kind.key)
        for d in differing.found
        if d.clause and d.kind.key not in kinds.get(d.clause, ())
    ]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_every_difference_stands_in_it_and_no_clause_twice(a: str, b: str) -> None:
    assert lacking(report(a, b), found(a, b)) == []
    assert set(told(report(a, b))) == {d.clause for d in found(a, b).found if d.clause}
    parts = {
        node.anchor
        for node in nodes(doc.Group("", report(a, b).body))
        if isinstance(node, doc.Group)
    }
    heads = {
        d.section
        for d in found(a, b).found
        if not d.clause and d.kind is not DifferenceKind.NAMES_ONLY
    }
    assert {f"section-{section}" for section in heads} <= parts


def test_a_clause_left_out_or_told_twice_would_be_seen() -> None:
    made = report("fenwick", "rauporoa")
    part = next(
        block for block in made.body if isinstance(block, doc.Group) and block.role == "changes"
    )
    without = tuple(block for block in made.body if block is not part)
    assert lacking(_with(made, without), found("fenwick", "rauporoa"))
    with pytest.raises(AssertionError, match="stands twice"):
        told(_with(made, (*made.body, part)))


def _with(document: doc.Document, body: doc.Blocks) -> doc.Document:
    return doc.Document(document.meta, document.layout, document.masthead, document.running, body)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_the_counts_add_up(a: str, b: str) -> None:
    (bar,) = (
        node for node in nodes(doc.Group("", report(a, b).body)) if isinstance(node, doc.Counts)
    )
    assert sum(many for _, many, _ in bar.items) == len(found(a, b).pairs)
    assert bar.title == finding.differences_finding(found(a, b))
    of_one = {
        Shape.FIRST: (DifferenceKind.REMOVED, DifferenceKind.LEFT_OUT),
        Shape.SECOND: (DifferenceKind.ADDED, DifferenceKind.BROUGHT_IN),
    }
    for side, kinds in of_one.items():
        counted = sum(many for shape, many, _ in bar.items if shape is side)
        assert counted == len([d for d in found(a, b).found if d.kind in kinds and d.clause])


def test_every_kind_of_difference_has_a_count() -> None:
    """Or a clause that differs so would be told as something else."""
    assert {count_key({kind}) for kind in DifferenceKind} == {*COUNT_SHAPES} - {"same"}


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_what_is_set_comes_first_and_names_last(a: str, b: str) -> None:
    anchors = [block.anchor for block in report(a, b).body if isinstance(block, doc.Group)]
    assert anchors[:3] == ["found", "settings", "one-only"]
    assert anchors[-2:] == ["names", "how"]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_a_line_says_a_cause_once_and_each_side_in_few_words(a: str, b: str) -> None:
    names = side_names(found(a, b))
    for _, differing in found(a, b).by_clause():
        why = reasons_text(differing, found(a, b))
        sentences = why.split(". ")
        assert len(sentences) == len(set(sentences)), why
        assert "another list" not in why
        assert ".md:" not in why
    full = {found(a, b).first.profile.name, found(a, b).second.profile.name} - set(names)
    tables = [
        node
        for node in nodes(doc.Group("", report(a, b).body[1:]))
        if isinstance(node, doc.Table) and node.head
    ]
    assert not [
        cell for table in tables if table.head for cell in table.head.cells if plain(cell) in full
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Fenwick Borough Council", "Fenwick"),
        ("Isle of Corran Council", "Isle of Corran"),
        ("Little Marden Parish Council", "Little Marden"),
        ("University of Strathlyon", "University of Strathlyon"),
        ("Harbour Valley NHS Foundation Trust", "Harbour Valley"),
        ("The Council", "The Council"),
        ("Police", "Police"),
        ("Department for Rivers and Tides", "Department for Rivers and Tides"),
    ],
)
def test_a_name_is_cut_to_what_tells_it_apart(name: str, expected: str) -> None:
    assert short_name(name) == expected


# --- The lead ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ("2026-11-02 It found nothing", "2\u00a0November\u00a02026 It found nothing"),
        ("Vote 2027-03-22, 2027-13-40", "Vote 22\u00a0March\u00a02027, 2027-13-40"),
        ("https://www.example.org/2026-11-02/aim", "https://www.example.org/2026-11-02/aim"),
    ],
)
def test_a_date_is_said_as_documents_print_it(recorded: str, said: str) -> None:
    assert value_text(recorded) == said


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 4, "None of the 4 clauses says"),
        (1, 2, "Half the 2 clauses say"),
        (99, 124, "About four clauses in five say"),
        (4, 5, "Four clauses in five say"),
        (1, 10, "One clause in ten says"),
        (76, 179, "About two clauses in five say"),
        (120, 180, "Two clauses in three say"),
        (90, 179, "About half the 179 clauses say"),
        (1, 100, "1 of 100 clauses says"),
        (2, 175, "2 of 175 clauses say"),
        (11, 175, "11 of 175 clauses say"),
        (12, 175, "About one clause in ten says"),
        (163, 175, "About nine clauses in ten say"),
        (164, 175, "Nearly all of the 175 clauses say"),
        (99, 100, "Nearly all of the 100 clauses say"),
        (1, 15, "1 of 15 clauses says"),
    ],
)
def test_a_share_is_said_as_people_say_it(part: int, whole: int, expected: str) -> None:
    assert finding._share(part, whole) == expected


@pytest.mark.parametrize("whole", [7, 60, 179])
def test_a_share_is_near_the_truth(whole: int) -> None:
    words = {word: n for n, word in enumerate(NUMBER_WORDS)}
    for part in range(1, whole):
        told = finding._share(part, whole)
        said = told.lower().removeprefix("about ").split()
        if said[0] == "nearly":
            assert part / whole >= 14 / 15
        elif said[0].isdecimal():
            assert (int(said[0]), int(said[2])) == (part, whole)
        else:
            share = 0.5 if said[0] == "half" else words[said[0]] / words[said[3]]
            assert abs(share - part / whole) <= 0.1
            assert share < part / whole * 1.5  # and never several times as many
            assert share == part / whole or told.startswith("About ")


def test_the_lead_says_what_most_of_it_is() -> None:
    assert finding.differences_lead(found("fenwick", "rauporoa")) == (
        "About one clause in four says the same, names aside. "
        "Most of the rest is what each leaves out."
    )


LAW = "# The law\n\n" + "\n".join(
    f"## Rule {n} {{#law.rule-{n}}}\n\n### Rule\n\nKeep rule {n} within {{{{ commitments.capture }}}}, "
    "and ask {{ contacts.legal.role }}.\n"
    if n == 1
    else f"## Rule {n} {{#law.rule-{n}}}\n\n### Rule\n\nKeep rule {n} with {{{{ contacts.legal.role }}}}.\n"
    for n in range(1, 9)
)


def two(small: Small, second: dict[str, str]) -> Differences:
    small.write({"base/law.md": LAW, "organisation/profile.yaml": _profile()})
    first = small.policy()
    small.write(second)
    return differences(first, small.policy())


def _profile(days: int = 5, role: str = "the legal team") -> str:
    return (
        "name: Fenwick Borough Council\nshort_name: the council\nkind: council\njurisdiction: england\n"
        f"posture: balanced\npolicy: {{status: approved}}\ncommitments: {{capture: {days}}}\n"
        f"contacts: {{legal: {{role: {role}, email: legal@fenwick.example}}}}\n"
    )


def test_one_deadline_is_named(small: Small) -> None:
    differing = two(small, {"organisation/profile.yaml": _profile(days=7)})
    assert (
        finding.differences_lead(differing)
        == "All but one of 8 clauses say the same. Clause 1.1 is set differently."
    )
    text = " ".join(
        plain(n.inlines)
        for n in nodes(doc.Group("", change_report(differing, ("a", "b")).body))
        if isinstance(n, doc.Paragraph)
    )
    assert "Why Set differently: how soon a post is saved." in text


def test_names_alone_are_said_to_be_names(small: Small) -> None:
    differing = two(small, {"organisation/profile.yaml": _profile(role="the solicitors")})
    assert finding.differences_lead(differing) == "All 8 clauses say the same, names aside."
    assert set(told(change_report(differing, ("a", "b")))) == {f"law.rule-{n}" for n in range(1, 9)}


def test_nothing_is_said_to_be_nothing(small: Small) -> None:
    assert (
        finding.differences_lead(two(small, {}))
        == "The two policies are the same in all 8 clauses."
    )


def test_a_table_keeps_the_row_that_both_have_wherever_it_stands(small: Small) -> None:
    """The rows of a loop are numbered; a reader sees their words."""
    table = (
        "# The law\n\n## Who says yes {#law.yes}\n\n### Rule\n\n| What | Who |\n|---|---|\n"
        "{% for one in approval %}\n| {{ one.content }} | {{ one.approver }} |\n{% endfor %}\n"
    )
    rows = "approval:\n  - {content: Posts, approver: Editor, within: 1 day}\n"
    more = rows.replace(
        "approval:\n", "approval:\n  - {content: Films, approver: Editor, within: 1 day}\n"
    )
    small.write({"base/law.md": table, "organisation/profile.yaml": _profile() + rows})
    first = small.policy()
    small.write({"organisation/profile.yaml": _profile() + more})
    made = change_report(differences(first, small.policy()), ("a", "b"))
    (clause,) = (
        node for node in nodes(doc.Group("", made.body)) if isinstance(node, doc.ClauseBlock)
    )
    (shown,) = (node for node in clause.blocks if isinstance(node, doc.Table))
    assert [(row.change, plain(row.cells[0])) for row in shown.rows] == [
        (doc.Revision.INSERTED, "Films"),
        (None, "Posts"),
    ]


def test_what_was_narrowed_says_so() -> None:
    narrowed = narrow_differences(
        found("fenwick", "rauporoa"), ComparisonScope(section="elections", substance=True)
    )
    made = change_report(narrowed, ("a", "b"))
    assert isinstance(first := made.body[1], doc.Paragraph)
    assert plain(first.inlines).endswith("only what differs in “Elections” and in more than names.")
    assert {key for kinds in told(made).values() for key in kinds} <= {
        kind.key for kind in DifferenceKind
    } - {"names-only"}


# --- Where only sections differ ---------------------------------------------------------------------------

ELECTIONS = (
    "# Elections\n\n- lead: Stand aside\n- decides: '{{ contacts.legal.role }}'\n\n"
    "## Stand aside {#elections.stand}\n\n### Rule\n\nStand aside.\n"
)
KINDNESS = (
    "# House rules\n\n- lead: Be kind\n\n## Be kind {#house-rules.kind}\n\n### Rule\n\nBe kind.\n"
)
HEADS = {"base/elections.md": ELECTIONS, "base/house-rules.md": KINDNESS}
ELSEWHERE = {
    "outline.yaml": OUTLINE.replace("law, elections, house-rules", "elections, house-rules, law")
}
AROUND = {
    "outline.yaml": OUTLINE.replace("law, elections, house-rules", "house-rules, elections, law")
}
OTHER = {"base/elections.md": ELECTIONS.replace("Stand aside\n-", "Keep out\n-")}
TITLED = KINDNESS.replace("# House rules", "# Rules of the house").replace(
    "lead: Be kind", "lead: Be good"
)
BOTH = {**OTHER, "base/house-rules.md": TITLED}
SOLICITORS = {"organisation/profile.yaml": _profile(role="the solicitors")}


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (OTHER, "a section has another head"),
        (BOTH, "two sections have other heads"),
        (SOLICITORS, "the head of a section has other names"),
        (SOLICITORS | OTHER, "a section has another head"),
        (ELSEWHERE, "a section stands in another place"),
        (AROUND, "two sections stand in other places"),
        (ELSEWHERE | BOTH, "two sections have other heads and a section stands in another place"),
    ],
)
def test_where_every_clause_is_the_same_the_sections_say_how_they_differ(
    second: dict[str, str], said: str, small: Small
) -> None:
    law = LAW.replace("{{ contacts.legal.role }}", "us")
    small.write({**HEADS, "base/law.md": law, "organisation/profile.yaml": _profile()})
    first = small.policy()
    differing = differences(first, small.write(second).policy())
    assert finding.differences_finding(differing) == f"All 10 clauses are the same; {said}."
    assert finding.differences_lead(differing) == finding.differences_finding(differing)


def test_a_section_without_clauses_that_only_one_policy_has(small: Small) -> None:
    """No library gives one today; a policy.json may."""
    small.write({**HEADS, "base/law.md": LAW, "organisation/profile.yaml": _profile()})
    one = small.policy()
    empty = tuple(replace(one.sections[0], id=id, clauses=()) for id in ("sport", "art"))
    other = replace(one, sections=(*one.sections, *empty))
    assert finding.differences_finding(differences(one, other)).endswith(
        "; two sections stand only in the second."
    )
    assert finding.differences_finding(
        differences(replace(one, sections=(*one.sections, empty[0])), one)
    ).endswith("; a section stands only in the first.")


# --- Facts that nobody changed ----------------------------------------------------------------------------


def test_words_about_a_name_that_nobody_changed_are_marked_as_words(small: Small) -> None:
    """A name that differs is shown as a name; here it is the library that now calls it otherwise."""
    law = LAW.replace("ask {{ contacts.legal.role }}", "ask {{ contacts.legal.role | sentence }}")
    profile = {"organisation/profile.yaml": _profile(role="legal services")}
    small.write({**profile, "base/law.md": LAW})
    first = small.policy()
    differing = differences(first, small.write({"base/law.md": law}).policy())
    made = change_report(differing, ("a", "b"))
    assert told(made) == {"law.rule-1": {"reworded"}}
    (clause,) = (
        node for node in nodes(doc.Group("", made.body)) if isinstance(node, doc.ClauseBlock)
    )
    marked = {
        plain(node.children)
        for node in nodes(clause)
        if isinstance(node, (doc.Deleted, doc.Inserted))
    }
    assert marked == {"legal services", "Legal services"}
