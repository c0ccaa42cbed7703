"""How long an edition is, against its budget in words, clauses and pages.

Pages are a writer's to count.
"""

from __future__ import annotations

from collections.abc import Iterator

from policygen.lint.reading import word_total
from policygen.markdown.prose import ProseCache
from policygen.model.document import Group
from policygen.model.document.walk import plain, text_lines, walk
from policygen.model.policy import Edition, Policy
from policygen.present.cut import Cut
from policygen.present.edition import present
from policygen.problems import Level, Place, Problem


def budget_faults(policy: Policy, prose: ProseCache) -> Iterator[Problem]:
    """Yield a warning for every edition that is over its budget, with its longest clauses.

    The marks of a draft's gaps are longer than what will stand there, and are not held against it.
    """
    for key, edition in policy.outline.editions.items():
        place = Place(policy.profile.name)
        if edition.words and not policy.gaps:
            words = _words(policy, key, prose)
            over = words - edition.words
            if over > 0:
                what = f"{edition.title}: {words:,} words, {over:,} over its budget of {edition.words:,}."
                yield Problem(
                    what,
                    f"Cut the longest: {_longest(policy, edition)}.",
                    place,
                    Level.WARNING,
                    code="PG703",
                )
        if edition.clauses:
            clauses = sum(
                1 for s in Cut(policy, edition).sections for c in s.clauses if c.told(edition.tier)
            )
            if clauses > edition.clauses:
                what = f"{edition.title}: {clauses} clauses, and its budget is {edition.clauses}."
                yield Problem(
                    what, "Leave the weakest to the full story.", place, Level.WARNING, code="PG703"
                )


def pages_fault(policy: Policy, key: str, pages: int) -> Iterator[Problem]:
    """An edition on more pages than its budget.

    A draft's list of gaps goes, and is not held against it.
    """
    edition = policy.outline.editions[key]
    if edition.pages and pages > edition.pages and not policy.gaps:
        what = f"{edition.title}: {pages} pages, and its budget is {edition.pages}."
        yield Problem(
            what,
            f"Cut the longest: {_longest(policy, edition)}.",
            Place(policy.profile.name),
            Level.WARNING,
            code="PG703",
        )


def _words(policy: Policy, key: str, prose: ProseCache) -> int:
    """What stands in an edition's body, but a draft's list of gaps."""
    body = tuple(
        b
        for b in present(policy, key, prose).body
        if not (isinstance(b, Group) and b.role == "gaps")
    )
    return sum(
        word_total(plain(line), numbers=False) for block in walk(body) for line in text_lines(block)
    )


def _longest(policy: Policy, edition: Edition) -> str:
    clauses = [c for s in Cut(policy, edition).sections for c in s.clauses]
    lengths = {
        c.id: word_total(w.text, numbers=False) for c in clauses if (w := c.told(edition.tier))
    }
    top = sorted(lengths, key=lambda id: -lengths[id])[:5]
    return ", ".join(f"{id} ({lengths[id]})" for id in top)
