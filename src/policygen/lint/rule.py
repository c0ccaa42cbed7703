"""A rule that asks, and one that prints what changes without whoever signs it.

Whoever must obey or enforce a rule needs a sentence that says who does what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygen.lint.reading import ReadTelling
from policygen.model.outline.owner import owner_facts
from policygen.model.policy import Policy
from policygen.problems import Level, Problem


def rule_faults(policy: Policy, every: Sequence[ReadTelling]) -> Iterator[Problem]:
    """Yield each question in the running text of a rule; a chart's questions are its own."""
    signed = {key for key, tier in policy.outline.tiers.items() if tier.required}
    for one in every:
        if not one.clause or one.tier not in signed:
            continue
        yield from _changing_facts(policy, one)
        running = (line for line in one.read.own_lines if not line.cell)
        for sentence in (sentence.text for line in running for sentence in line.sentences):
            if sentence.rstrip("\"'”’)").endswith("?"):
                what = f'The rule of "{one.id}" asks: "{sentence[:60]}".'
                mend = "Say who must or may do what, and why; leave questions to the practice."
                yield Problem(what, mend, one.location, Level.WARNING, code="PG719")


def _changing_facts(policy: Policy, one: ReadTelling) -> Iterator[Problem]:
    """Yield each fact of the owner in a rule: once it changes, what was signed is false."""
    wording = one.clause.told(one.tier) if one.clause else None
    for fact in owner_facts(wording, policy.outline) if wording else ():
        what = f'The rule of "{one.id}" depends on {fact}, which changes without the board.'
        mend = "Name the role in the rule, and put this under ### Details."
        yield Problem(what, mend, one.location, Level.WARNING, code="PG543")
