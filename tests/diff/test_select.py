"""Differences narrowed to a tier, a section or what matters: nothing of it is lost, and nothing claimed of the rest."""

from __future__ import annotations

from small import Small

from policygen.diff import differences
from policygen.diff.select import select
from policygen.model.difference import Differences
from policygen.present.finding import counted

RULE = "Say who you are, whom you speak for and how to reach you, {}, before you say anything else at all."
KEPT = "# {title}\n\n## Be kind {{#{id}.kind}}\n\n### Full story\n\nBe kind.\n"
MOVED = "\n## Say who you are {{#{id}.who}}\n\n### Full story\n\n{rule}\n"


def moved(small: Small) -> Differences:
    """Two policies: a clause of the house rules is one of the elections in the second, reworded and renamed."""
    rules, elections = (KEPT.format(title=t, id=t.lower().replace(" ", "-")) for t in ("House rules", "Elections"))
    before = MOVED.format(id="house-rules", rule=RULE.format("always"))
    small.write({"base/house-rules.md": rules + before, "base/elections.md": elections})
    first = small.policy()
    after = MOVED.format(id="elections", rule=RULE.format("at once"))
    small.write({"base/house-rules.md": rules, "base/elections.md": elections + after})
    return differences(first, small.policy())


def test_a_clause_that_left_a_section_is_told_with_it(small: Small) -> None:
    found = select(moved(small), section="house-rules")
    told = [(d.kind.key, d.clause, d.part) for d in found.found]
    assert told == [
        ("moved", "elections.who", "id"), ("moved", "elections.who", "place"),
        ("reworded", "elections.who", "full-story"),
    ]  # fmt: skip
    counts = counted(found)
    assert (counts["same"], counts["reworded"], len(found.pairs)) == (1, 1, 2)


def test_so_is_one_that_came_into_it(small: Small) -> None:
    assert select(moved(small), section="elections").found == select(moved(small), section="house-rules").found


def test_another_section_hears_nothing_of_it(small: Small) -> None:
    small.write({"base/law.md": KEPT.format(title="The law", id="law")})
    found = select(moved(small), section="law")
    assert (found.found, len(found.pairs)) == ((), 1)


def test_the_head_of_another_section_is_left_out(small: Small) -> None:
    small.write({"base/law.md": KEPT.format(title="The law", id="law")})
    small.write({"base/elections.md": KEPT.format(title="Elections", id="elections")})
    first = small.policy()
    small.write({"base/law.md": KEPT.format(title="The laws", id="law")})
    found = differences(first, small.policy())
    assert [d.part for d in select(found, section="law").found] == ["title"]
    assert select(found, section="elections").found == ()
