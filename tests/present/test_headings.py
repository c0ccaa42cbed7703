"""The headings that a body demands: its sections stand under them, in its order, and nothing is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from small import LAW, Small

from policygen.diff import differences
from policygen.model import document as doc
from policygen.model.document.walk import headings, plain
from policygen.model.policy import Policy
from policygen.pipeline.released.approval import changes_between
from policygen.present.edition import present
from policygen.report.changes.document import change_report
from policygen.report.changes.redline import redline
from policygen.write.writer import writer

RULES = """\
# House rules

## Be kind {#house-rules.kind}

- under: may

### Overview

Be kind.

### Rule

Be kind to [all](#law.records).

### In practice

Say please.
"""
ELECTIONS = "# Elections\n\n## Wait {#elections.wait}\n\n### Rule\n\nWait.\n"
HEADINGS = """\
contents:
  headings:
    - {title: Duties, sections: [house-rules, elections]}
    - {title: Monitoring compliance, text: The audit committee looks at it.}
    - {title: Law and references, rest: true}
    - {title: Associated documents, see: {title: Our code, url: "https://www.fenwick.example/code"}}
"""


@pytest.fixture
def body(small: Small) -> Small:
    """Three sections: in the outline's order the law, elections, house rules."""
    return small.write(
        {
            "base/law.md": LAW,
            "base/elections.md": ELECTIONS,
            "base/house-rules.md": RULES,
        }
    )


def listed(small: Small, edition: str = "full-story") -> list[str]:
    """Every heading with its level and number, those of the front left out."""
    found = headings(small.document(edition).body)
    return [f"{'#' * h.level} {h.number} {plain(h.inlines)}".replace("  ", " ") for h in found]


def test_sections_stand_under_the_headings_in_their_order(body: Small) -> None:
    body.set(HEADINGS)
    assert body.found() == ()
    assert listed(body) == [
        "## Duties",
        "### 1 House rules",
        "#### 1.1 Be kind",
        "##### In practice",
        "### 2 Elections",
        "#### 2.1 Wait",
        "## Monitoring compliance",
        "## Law and references",
        "### 3 The law",
        "#### 3.1 Keep a record",
        "## Associated documents",
    ]


def test_without_headings_all_is_as_before(body: Small) -> None:
    assert listed(body)[:3] == ["## 1 The law", "### 1.1 Keep a record", "## 2 Elections"]


def test_a_number_is_the_same_in_an_edition_without_the_headings(body: Small) -> None:
    body.set(HEADINGS)
    assert "(1.1)" in str(writer("md").write(body.document("overview")))
    assert "Duties" not in str(body.document("overview"))


def test_a_heading_may_have_a_line_or_lead_elsewhere(body: Small) -> None:
    body.set(HEADINGS)
    text = writer("md").write(body.document()).decode()
    assert "## Monitoring compliance\n\nThe audit committee looks at it.\n" in text
    assert "## Associated documents\n\nSee [Our code](https://www.fenwick.example/code).\n" in text


def test_the_sources_may_stand_under_a_heading(body: Small) -> None:
    body.write(
        {
            "base/law.md": LAW.replace("### Rule", "- source: act\n\n### Rule"),
            "base/sources.yaml": "act: {title: An act, publisher: The state, url: https://act.example, status: in-force, "
            "checked_on: 2026-01-01}\n",
        }
    )
    body.set(
        "contents:\n  headings:\n    - {title: Policy, rest: true}\n    - {title: References, sections: [sources]}\n"
    )
    assert body.found() == ()
    assert listed(body)[-2:] == ["## References", "### Sources"]


def test_a_section_under_no_heading_stands_under_a_last_one(body: Small) -> None:
    body.set("contents:\n  headings:\n    - {title: Duties, sections: [house-rules]}\n")
    (problem,) = body.found()
    assert (problem.code, problem.level.value) == ("PG350", "warning")
    assert "law, elections" in problem.what
    found = listed(body)
    assert found.index("## Further rules") < found.index("### 2 The law")


def test_a_heading_with_nothing_says_so(body: Small) -> None:
    body.set("contents:\n  headings:\n    - {title: Policy, rest: true}\n    - {title: Training}\n")
    (problem,) = body.found()
    assert problem.code == "PG351"
    assert problem.location.line == len(
        body.path("organisation/profile.yaml").read_text().splitlines()
    )
    text = writer("md").write(body.document()).decode()
    assert "## Training\n\nNothing in this policy stands under this heading.\n" in text


def test_a_heading_whose_section_is_left_out_has_nothing_either(body: Small) -> None:
    body.write({"base/elections.md": ELECTIONS.replace("### Rule", "- grade: special\n\n### Rule")})
    body.set(
        "contents:\n  headings:\n    - {title: Votes, sections: [elections]}\n    - {title: Policy, rest: true}\n"
    )
    (problem,) = body.found()
    assert problem.code == "PG351"


@pytest.mark.parametrize(
    ("lines", "code", "what"),
    [
        (
            "[{title: A, sections: [law]}, {title: B, sections: [law], rest: true}]",
            "PG152",
            '"law" stands twice',
        ),
        (
            "[{title: A, rest: true}, {title: B, rest: true}]",
            "PG152",
            "Two headings take all other",
        ),
        ("[{title: A, sections: [laws], rest: true}]", "PG330", 'no section "laws"'),
        (
            "[{title: A, sections: [law.records], rest: true}]",
            "PG330",
            "is a clause, and a heading is one of",
        ),
        (
            "[{title: A, sections: [document], rest: true}]",
            "PG330",
            "belongs to the document itself",
        ),
        ("[{sections: [law]}]", "PG101", "title"),
    ],
)
def test_what_cannot_be_is_an_error(body: Small, lines: str, code: str, what: str) -> None:
    body.set(f"contents:\n  headings: {lines}\n")
    problems = body.found()
    assert any(problem.level.value == "error" and what in problem.what for problem in problems), (
        problems
    )
    assert code in {problem.code for problem in problems} or code == "PG101"


def test_headings_and_an_order_cannot_both_be(body: Small) -> None:
    body.set("contents:\n  order: [law]\n  headings: [{title: A, rest: true}]\n")
    assert {problem.code for problem in body.found()} == {"PG152"}


def test_a_heading_is_told_in_each_language(body: Small) -> None:
    body.set(
        "languages: [en-GB, mi]\ncontents:\n  headings:\n    - {title: {en: Duties, mi: Ngā mahi}, rest: true}\n"
    )
    policy = body.policy("mi")
    assert "Ngā mahi" in [plain(h.inlines) for h in headings(present(policy, "full-story").body)]


# --- Every format -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["html", "md", "docx", "txt"])
def test_the_contents_list_has_headings_and_sections(body: Small, format: str) -> None:
    body.set(HEADINGS)
    data = writer(format).write(body.document())
    if format == "docx":
        from test_word_template import part

        lines = ["".join(p.itertext()) for p in part(data, "word/document.xml").iter("{*}p")]
        text = "\n".join(lines)
    else:
        text = data.decode()
    assert text.count("Monitoring compliance") >= 2  # in the list, and where it stands
    assert text.index("Duties") < text.index("House rules")


def test_word_has_a_level_for_each(body: Small) -> None:
    import io

    import docx

    body.set(HEADINGS)
    read = docx.Document(io.BytesIO(writer("docx").write(body.document())))
    found = [(p.style.name, p.text) for p in read.paragraphs if p.style.name.startswith("Heading")]
    assert ("Heading 1", "Duties") in found
    assert ("Heading 2", "1\tHouse rules") in found
    assert ("Heading 3", "1.1 Be kind") in found
    assert ("Heading 4 Unlisted", "In practice") in found


def test_html_leaves_no_level_out(body: Small) -> None:
    import re

    body.set(HEADINGS)
    page = writer("html").write(body.document()).decode()
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert 5 in levels


# --- Comparisons ------------------------------------------------------------------------------------------


def two(body: Small, other: str) -> tuple[Policy, Policy]:
    body.set(HEADINGS)
    first = body.policy()
    body.write(
        {
            "organisation/profile.yaml": body.path("organisation/profile.yaml")
            .read_text()
            .replace(*other.split(" -> "))
        }
    )
    return first, body.policy()


@pytest.mark.parametrize(
    "change",
    [
        "title: Duties -> title: Roles",
        "The audit committee -> The board",
        "Our code -> The code",
        "rest: true -> sections: [law]",
    ],
)
def test_another_heading_is_told_and_counts_after_an_approval(body: Small, change: str) -> None:
    first, second = two(body, change)
    (found,) = [one for one in differences(first, second).found if one.part == "headings"]
    assert (found.section, found.clause) == ("document", "")
    report = writer("md").write(change_report(differences(first, second), ("a", "b"))).decode()
    assert "Headings of the body's own" in report
    if "sections: [law]" not in change:
        assert changes_between(first, second)


def test_the_same_headings_are_no_difference(body: Small) -> None:
    first, second = two(body, "short_name: the council -> short_name: the borough")
    assert not [one for one in differences(first, second).found if one.part == "headings"]


def test_a_comparison_finds_a_heading_by_its_words(body: Small) -> None:
    """One more heading before it moves no other."""
    first, second = two(
        body, "headings:\n -> headings:\n    - {title: Purpose, text: To be kind.}\n"
    )
    merged = redline(differences(first, second))
    new = [h for h in headings(merged.body) if h.change is doc.Revision.INSERTED]
    assert [plain(h.inlines) for h in new] == ["Purpose"]
