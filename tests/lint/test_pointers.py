"""A sentence that only points to a clause is not printed where a body leaves that clause out."""

from __future__ import annotations

import pytest
from organisations import library
from small import PROFILE, Small

from policygen.lint.pointers import PointerCache

STYLE = 'pointers: ["see []", "more in []", "* stands in []", "follow [] at once"]\n'
WORDS = """\
# The law

## Keep a record {#law.records}

- grade: core

### Rule

Keep it.

%s

## Copyright {#law.copyright}

### Rule

Credit it.

## Data protection {#law.data}

- binding: yes

### Rule

Tell nobody.
"""


def found(small: Small, sentence: str) -> list[str]:
    small.write({"style.yaml": STYLE, "base/law.md": WORDS % sentence})
    return [f"{p.location.line}: {p.what}" for p in small.problems() if p.code == "PG718"]


@pytest.mark.parametrize(
    "sentence",
    [
        "See [copyright](#law.copyright).",
        "Keep the film too. *More in [copyright](#law.copyright)*.",
        "- see [records](#law.records) and [copyright](#law.copyright)",
        "How to credit stands in [copyright](#law.copyright).",
        "| A film | Follow [copyright](#law.copyright) at once |",
        "{% if organisation.unions %}See [copyright](#law.copyright).{% endif %}",
        "{% if not has('law.copyright') %}See [copyright](#law.copyright).{% endif %}",
    ],
)
def test_what_only_points_is_named(small: Small, sentence: str) -> None:
    table = "| What | How |\n|---|---|\n" if sentence.startswith("|") else ""
    what = '"law.records" has a sentence that only points to "law.copyright".'
    assert found(small, table + sentence) == [f"{13 if table else 11}: {what}"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Credit it, as [copyright](#law.copyright) says.",
        "See [data protection](#law.data).",  # every body has it, or a document of its own
        "{% if has('law.copyright') %}\nSee [copyright](#law.copyright).\n{% endif %}",
        "{% if organisation.unions and has('law.copyright') %}See [copyright](#law.copyright).{% endif %}",
        "Save it and see [copyright](#law.copyright).",
    ],
)
def test_what_says_more_or_is_guarded_passes(small: Small, sentence: str) -> None:
    assert found(small, sentence) == []


@pytest.mark.parametrize(
    ("leave_out", "named"),
    [
        ("{}", 0),
        ("{law.copyright: {because: Ours}}", 1),
        ("{law.copyright: {because: Ours, see: {title: B}}}", 0),
    ],
)
def test_a_body_hears_of_its_own_words_once_they_lead_nowhere(
    small: Small, leave_out: str, named: int
) -> None:
    own = "## Ours {#law.ours}\n\n### Rule\n\nSee [copyright](#law.copyright).\n"
    profile = f"{PROFILE}contents: {{leave_out: {leave_out}}}\n"
    small.write({"organisation/law.md": own, "organisation/profile.yaml": profile})
    assert len(found(small, "")) == named


def test_the_library_points_to_nothing_that_may_be_missing() -> None:
    assert library().style.pointers, "else nothing is looked at"
    assert library().checked, "else nothing is looked at"
    assert PointerCache().faults_in(library()) == ()
