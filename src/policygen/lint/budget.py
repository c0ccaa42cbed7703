"""How long an edition is, against its budget in words, clauses and pages. Pages are a writer's to count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygen.model import document as doc
from policygen.model.document import Block, Blocks, Inlines, plain
from policygen.model.policy import Edition, Policy
from policygen.present.cut import Cut
from policygen.present.edition import present
from policygen.problems import Level, Place, Problem

_WORD = re.compile(r"[^\s]*[^\W\d_][^\s]*")


def count(text: str) -> int:
    """How many words there are; a number alone, such as a clause's, is none."""
    return len(_WORD.findall(text))


def budgets(policy: Policy) -> Iterator[Problem]:
    """Every edition that is over its budget, and which clauses are the longest."""
    for key, edition in policy.outline.editions.items():
        place = Place(policy.profile.name)
        if edition.words:
            words = sum(count(text) for text in _texts(present(policy, key).body))
            over = words - edition.words
            if over > 0:
                what = f"{edition.title}: {words:,} words, {over:,} over its budget of {edition.words:,}."
                yield Problem(what, f"Cut the longest: {_longest(policy, edition)}.", place, Level.WARNING)
        if edition.clauses:
            clauses = sum(1 for s in Cut(policy, edition).sections for c in s.clauses if c.told(edition.tier))
            if clauses > edition.clauses:
                what = f"{edition.title}: {clauses} clauses, and its budget is {edition.clauses}."
                yield Problem(what, "Leave the weakest to the full story.", place, Level.WARNING)


def too_long(policy: Policy, key: str, pages: int) -> Iterator[Problem]:
    """An edition on more pages than its budget. A draft's list of gaps goes, and is not held against it."""
    edition = policy.outline.editions[key]
    if edition.pages and pages > edition.pages and not policy.gaps:
        what = f"{edition.title}: {pages} pages, and its budget is {edition.pages}."
        yield Problem(what, f"Cut the longest: {_longest(policy, edition)}.", Place(policy.profile.name), Level.WARNING)


def _longest(policy: Policy, edition: Edition) -> str:
    clauses = [c for s in Cut(policy, edition).sections for c in s.clauses]
    lengths = {c.id: count(w.text) for c in clauses if (w := c.told(edition.tier))}
    top = sorted(lengths, key=lambda id: -lengths[id])[:5]
    return ", ".join(f"{id} ({lengths[id]})" for id in top)


def _texts(blocks: Blocks) -> Iterator[str]:
    """Every line of text that stands in a document's body, but a draft's list of gaps."""
    for block in blocks:
        if isinstance(block, doc.Part) and block.role == "gaps":
            continue
        yield from map(plain, _inlines(block))
        match block:
            case doc.Part(blocks=inner) | doc.Clause(blocks=inner) | doc.Aside(blocks=inner) | doc.Topic(blocks=inner):
                yield from _texts(inner)
            case doc.Columns(columns):
                yield from (text for column in columns for text in _texts(column.blocks))
            case doc.List(items):
                yield from (text for item in items for text in _texts(item.blocks))
            case doc.Pair(do, dont):
                yield from _texts((do, dont))


def _inlines(block: Block) -> Iterator[Inlines]:
    match block:
        case doc.Paragraph(inlines) | doc.Heading(_, inlines):
            yield inlines
        case doc.Topic(title=title, facts=facts):
            yield title
            yield from (text for _, text in facts)
        case doc.Table(head, rows):
            yield from (cell for row in ((head,) if head else ()) + rows for cell in row.cells)
