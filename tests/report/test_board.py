"""The board paper: what a board hears on two sides before it approves a policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from frozen import Frozen
from organisations import PROFILES, workspace
from small import Small

from policygen.model import document as doc
from policygen.model.comparison.board import BoardFindings
from policygen.model.document.walk import plain, walk
from policygen.pipeline.board import board_findings
from policygen.pipeline.workspace import Workspace
from policygen.report.board.document import board_paper
from policygen.write.pdf.writer import render

FILE = Path("profiles/example/profile.yaml")


def found(name: str) -> BoardFindings:
    return board_findings(PROFILES / name / "profile.yaml", workspace())


def parts(document: doc.Document) -> dict[str, str]:
    """What each part says, by its anchor."""
    groups = [block for block in document.body if isinstance(block, doc.Group)]
    return {group.anchor: words_of(group.blocks) for group in groups}


def words_of(blocks: doc.Blocks) -> str:
    lines: list[str] = []
    for block in walk(blocks):
        match block:
            case doc.Heading(inlines=inlines) | doc.Paragraph(inlines=inlines):
                lines.append(plain(inlines))
            case doc.Table(rows=rows):
                lines += [" | ".join(map(plain, row.cells)) for row in rows]
    return "\n".join(lines)


def test_it_says_all_that_a_board_should_hear_in_order() -> None:
    said = parts(board_paper(found("fenwick")))
    assert list(said) == [
        "decision",
        "why",
        "options",
        "limits",
        "promises",
        "people",
        "asked",
        "sources",
        "recommendation",
    ]
    assert "Approve version 1.0" in said["decision"]
    assert "from 7 December 2026" in said["decision"].replace("\u00a0", " ")
    assert "Balanced | " in said["options"]
    assert "This is the policy before you." in said["options"]
    assert "lead to dismissal" in said["limits"]
    assert "UNISON and GMB" in said["asked"]
    assert said["recommendation"].endswith("be approved.")


def test_its_promises_are_those_of_the_policy_that_is_signed() -> None:
    made = found("fenwick")
    rows = parts(board_paper(made))["promises"].replace("\u00a0", " ").splitlines()[1:]
    promised = {one.says for one in made.policy.commitments if one.text}
    assert {row.partition(" | ")[0] for row in rows} <= promised
    assert "How soon a picture comes down | 2 working days | Account owners | 11.2" in rows
    first = [row.rpartition(" | ")[2].partition(" and ")[0].partition(", ")[0] for row in rows]
    numbers = [tuple(map(int, number.split("."))) for number in first]
    assert numbers == sorted(numbers)
    assert f"the {len(rows)} time limits" in parts(board_paper(made))["decision"]


def test_a_posture_is_told_by_what_would_read_otherwise(small: Small) -> None:
    words = "## Keep a record {#law.records}\n\n- change: extend\n\n### Rule\n\n{{ inherited }}\n\nAsk first.\n"
    small.write({"base/law.md": LAW_OF_TWO, "posture/cautious/law.md": words})
    made = board_findings(FILE, small.workspace())
    balanced, cautious = made.options
    assert (balanced.is_chosen, balanced.changed) == (True, ())
    assert [clause.id for clause in cautious.changed] == ["law.records"]
    assert "1 clause would go or read otherwise: 1.1." in parts(board_paper(made))["options"]


LAW_OF_TWO = """\
# The law

## Keep a record {#law.records}

### Rule

Keep it.

## Delete nothing {#law.delete}

### Rule

Delete nothing.
"""


def test_a_posture_that_the_profile_does_not_allow_says_why(small: Small) -> None:
    small.write(
        {"posture/cautious/law.md": "## Other {#law.other}\n\n- change: remove\n- because: Old\n"}
    )
    small.write({"base/law.md": LAW_OF_TWO})
    cautious = board_findings(FILE, small.workspace()).options[1]
    assert cautious.fault
    assert cautious.fault in parts(board_paper(board_findings(FILE, small.workspace())))["options"]


def test_what_changed_since_the_last_approval_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen = Frozen(tmp_path, monkeypatch)
    frozen.release("First")
    assert (
        "No clause came or reads otherwise."
        in parts(board_paper(board_findings(FILE, Workspace())))["changes"]
    )
    frozen.write({"organisation/law.md": "## Ours {#law.ours}\n\n### Rule\n\nOurs anew.\n"})
    said = parts(board_paper(board_findings(FILE, Workspace())))["changes"]
    assert said.startswith("What changed since version 1.0")
    assert "1.2 Ours" in said


def test_what_is_not_known_yet_stands_in_the_recommendation() -> None:
    made = found("rauporoa")
    said = parts(board_paper(made))
    gaps = len(made.policy.gaps)
    assert gaps
    assert f"once it has the {gaps} facts that it lacks" in said["recommendation"]
    assert "its effect on privacy has been assessed" in said["recommendation"]
    assert "No assessment of privacy is recorded." in said["people"]


def test_what_it_quotes_is_in_the_language_of_the_policy() -> None:
    paper = board_paper(found("glanmorfa"))
    assert paper.meta.language == "en-GB"
    languages = {
        block.anchor: block.language for block in paper.body if isinstance(block, doc.Group)
    }
    first = found("glanmorfa").policy.language
    assert languages["limits"] == ("" if first.startswith("en") else first)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fenwick", "rauporoa", "little-marden"])
def test_it_stands_on_two_sides(name: str) -> None:
    printed = render(board_paper(found(name)))
    assert printed.pages <= 2
    assert [message.getMessage() for message in printed.messages] == []


def test_the_command_prints_it_in_every_format(small: Small) -> None:
    small.write({"base/law.md": LAW_OF_TWO})
    shown = small.run("report", "board", "example")
    assert shown.exit_code == 0
    assert "What you are asked to decide" in shown.output
    for format in ("html", "docx", "markdown"):
        made = small.run("report", "board", "example", "--format", format, "--out", f"b.{format}")
        assert made.exit_code == 0, made.output
        assert Path(f"b.{format}").stat().st_size > 500
    refused = small.run("report", "bored", "example")
    assert refused.exit_code == 2
    assert "board" in refused.output


def test_the_clauses_that_read_otherwise_are_those_of_the_policy_before_the_board() -> None:
    made = found("fenwick")
    for option in made.options:
        assert all(clause.number for clause in option.changed)
        assert option.is_chosen or option.changed
        assert all(clause == made.policy.clause(clause.id) for clause in option.changed)
