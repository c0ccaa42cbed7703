"""`review --accept` of a clause that was moved to another section."""

from __future__ import annotations

from pathlib import Path

import pytest
from copies import edited_by_libreoffice
from returned_copy import ReturnedWord, edited
from small import Small
from test_review_arranged import LAW, OWN, accepted, built, left, moved

VOTES = """\
# Elections

- label: Elections

## Say nothing {#elections.silence}

- label: Silence

### Rule

Say nothing of a candidate.

## Stop early {#elections.stop}

- label: Stop

### Rule

Stop a week before.
"""
ADVICE = """\
## Ask first {#elections.advice}

- label: Advice
- after: elections.silence
- grade: usual
- audience: managers, comms
- asks: counsel, lawyers

### Snapshot

Ask {{ organisation.short_name }}.

### Rule

Ask early.
"""
THERE = Path("profiles/example/elections.md")
BECAUSE = ("--because", "Nobody looks for it here")


@pytest.fixture
def word(small: Small) -> Path:
    slip = (
        "- label: Advice\n- grade: usual\n- audience: managers, comms\n- asks: counsel, lawyers\n"
    )
    told = "\n### Snapshot\n\nAsk {{ organisation.short_name }}.\n"
    law = LAW.replace("- label: Advice\n", slip + told)
    small.write({"base/law.md": law, "base/elections.md": VOTES})
    return built(small)


def put_below(one: ReturnedWord, clause: str, other: str) -> None:
    """Move a clause below the last paragraph of another."""
    last = list(one.clause(other))[-1]
    for paragraph in reversed(list(one.clause(clause))):
        last.addnext(paragraph)


def test_it_becomes_a_clause_of_your_own_there(small: Small, word: Path) -> None:
    edited(word, lambda one: put_below(one, "law.advice", "elections.silence"))
    (edit,) = left(small)
    assert (edit["clause"], edit["kind"]) == ("law.advice", "moved")
    assert (
        "Moved to another section by somebody" in small.run("review", "example", "copy.docx").stdout
    )
    refused = accepted(small, "--accept-all")
    assert refused.exit_code == 1
    assert "PG663" in refused.stderr
    assert not THERE.exists()
    result = accepted(small, "--accept-all", *BECAUSE)
    assert result.exit_code == 0, result.output
    assert THERE.read_text() == ADVICE
    removed = (
        "## Ask first {#law.advice}\n\n- change: remove\n- because: Nobody looks for it here\n"
    )
    assert OWN.read_text() == removed
    assert left(small) == []
    checked = small.run("check", "example")
    assert checked.exit_code == 0, checked.output


def test_it_is_told_where_it_only_crossed_the_heading(small: Small, word: Path) -> None:
    """The clauses still follow one another as they did."""
    edited(word, lambda one: moved_over_the_heading(one, "elections.silence", "law.defame"))
    (edit,) = left(small)
    assert (edit["clause"], edit["kind"]) == ("elections.silence", "moved")
    result = accepted(small, "--accept", "elections.silence", *BECAUSE)
    assert result.exit_code == 0, result.output
    assert "{#law.silence}\n\n- label: Silence\n- after: law.defame\n" in OWN.read_text()
    assert left(small) == []


def moved_over_the_heading(one: ReturnedWord, clause: str, above: str) -> None:
    last = next(iter(one.clause(above)))
    body = last.getparent()
    assert body is not None
    heading = next(p for p in last.itersiblings() if "Elections" in "".join(p.itertext()))
    for paragraph in list(one.clause(clause)):
        heading.addprevious(paragraph)


def test_your_own_clause_goes_without_a_reason_and_reworded(small: Small, word: Path) -> None:
    own = "## Ours {#law.ours}\n\n- label: Ours\n- after: law.records\n\n### Rule\n\nOurs.\n\n"
    other = "## Save {#law.replies}\n\n- change: replace\n\n### Rule\n\nSave it.\n"
    small.write({"organisation/law.md": own + other})
    edited(
        built(small),
        lambda one: one.retype("law.ours", "Ours.", "Ours alone."),
        lambda one: put_below(one, "law.ours", "elections.silence"),
    )
    result = accepted(small, "--accept-all")
    assert result.exit_code == 0, result.output
    assert OWN.read_text() == other
    words = "- label: Ours\n- after: elections.silence\n\n### Rule\n\nOurs alone.\n"
    assert THERE.read_text() == f"## Ours {{#elections.ours}}\n\n{words}"
    assert left(small) == []


@pytest.mark.parametrize(
    ("clause", "said"), [("law.defame", "it is binding"), ("law.records", "could not be built")]
)
def test_a_binding_one_or_one_that_others_lead_to_is_for_a_person(
    small: Small, word: Path, clause: str, said: str
) -> None:
    votes = VOTES.replace("a candidate", "a candidate, as [the law](#law.records) says")
    small.write({"base/elections.md": votes})
    edited(built(small), lambda one: put_below(one, clause, "elections.silence"))
    result = accepted(small, "--accept-all", *BECAUSE)
    assert result.exit_code == 1
    assert "PG662" in result.stderr
    assert said in result.stderr
    assert not OWN.exists()
    assert not THERE.exists()


def test_within_its_section_it_only_follows_another(small: Small, word: Path) -> None:
    edited(word, lambda one: moved(one, "law.replies", "law.advice"))
    assert accepted(small, "--accept-all").exit_code == 0
    assert "- change: extend\n- after: law.records\n" in OWN.read_text()


@pytest.mark.slow
def test_one_that_libreoffice_saved_is_taken_too(small: Small, word: Path) -> None:
    copy = edited(word, lambda one: put_below(one, "law.advice", "elections.silence"))
    (saved,) = edited_by_libreoffice([(copy.read_bytes(), [])])
    copy.write_bytes(saved)
    result = accepted(small, "--accept-all", *BECAUSE)
    assert result.exit_code == 0, result.output
    assert THERE.read_text() == ADVICE
    assert left(small) == []
