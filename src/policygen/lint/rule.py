"""A rule that asks. Whoever must obey or enforce it needs a sentence that says who does what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygen.lint.reading import ReadTelling, split_sentences
from policygen.model.policy import Policy
from policygen.problems import Level, Problem


def rule_faults(policy: Policy, every: Sequence[ReadTelling]) -> Iterator[Problem]:
    """Yield each question in the running text of a rule; a chart's questions are its own."""
    signed = {key for key, tier in policy.outline.tiers.items() if tier.required}
    for one in every:
        if not one.clause or one.tier not in signed:
            continue
        running = (line.text for line in one.own_lines() if not line.cell)
        for sentence in (s for text in running for s in split_sentences(text)):
            if sentence.rstrip("\"'”’)").endswith("?"):
                what = f'The rule of "{one.id}" asks: "{sentence[:60]}".'
                mend = "Say who must or may do what, and why; leave questions to the practice."
                yield Problem(what, mend, one.location, Level.WARNING, code="PG719")
