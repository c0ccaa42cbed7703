"""What an effect says: of what kind it is, whom it reaches, why, and what stood there then and stands there now."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.diff.lines import WordingLines, changed_lines
from policygen.markdown import prose
from policygen.model.difference import ClausePart, Difference, FactCause, Position
from policygen.model.impact import Effect
from policygen.model.policy import Citation, Clause, Outline, Section, Wording
from policygen.model.walk import plain
from policygen.report import sentences

_SIDES = ("Then", "Now")


def effect_heading(difference: Difference, outline: Outline) -> str:
    """What changes: "Full story: reworded"."""
    kind, part = sentences.KIND_LABELS[difference.kind], difference.part
    tier = outline.tiers.get(part)
    where = tier.heading if tier else sentences.HEAD_LABELS.get(part, "") if part != "title" else ""
    return f"{where}: {kind}" if where else kind[:1].upper() + kind[1:]


def effect_causes(difference: Difference) -> Iterator[str]:
    """What caused it, a sentence each: the edits of layers, the facts that have another value."""
    for cause in difference.why:
        if isinstance(cause, FactCause):
            yield f"{sentences.fact_title(cause.fact)}: {sentences.value_text(cause.first)} became {sentences.value_text(cause.second)}."
        else:
            yield sentences.cause_sentence(cause, _SIDES)


def lines_then_and_now(effect: Effect, outline: Outline) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines that only the policy of then has, and those that only that of now has."""
    first, second = effect.difference.first, effect.difference.second
    if isinstance(first, Wording) or isinstance(second, Wording):
        old, new = changed_lines(first, second)
        if not old and not new:
            old, new = changed_lines(first, second, values=True)
        return _plain(old), _plain(new)
    return tuple(_told(first, outline)), tuple(_told(second, outline))


def effect_language(difference: Difference) -> str:
    """The language of its words; empty where it has none."""
    parts = (difference.second, difference.first)
    return next((part.language for part in parts if isinstance(part, Wording)), "")


def _told(part: ClausePart, outline: Outline) -> Iterator[str]:
    match part:
        case Clause():
            for telling in part.tellings:
                lines = (
                    plain(prose.parse_inlines(line))
                    for line in changed_lines(None, telling.wording)[1]
                )
                tier = outline.tiers.get(telling.tier)  # today's outline may lack one of then
                yield f"{tier.heading if tier else telling.tier}: {' '.join(lines)}"
        case Section():
            yield plain(prose.parse_inlines(part.title))
        case Position(section=section, after=after):
            yield f"{f'After {after}' if after else 'First'}{f' in {section}' if section else ''}"
        case bool():
            yield "Yes" if part else "No"
        case str() if part:
            yield (
                sentences.RULE_LABELS.get(part, part).capitalize()
                if part in sentences.RULE_LABELS
                else part
            )
        case tuple():
            yield from (
                f"{x.source} {x.locator}".strip() if isinstance(x, Citation) else x
                for x in part
                if x
            )


def _plain(lines: WordingLines) -> tuple[str, ...]:
    return tuple(plain(prose.parse_inlines(line)) for line in lines)
