"""What an effect says: its kind, whom it reaches, why, and what stood and stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygen.diff.lines import WordingLines, changed_lines
from policygen.markdown import prose
from policygen.model.comparison.difference import ClausePart, Difference, FactCause, Position
from policygen.model.document.walk import plain
from policygen.model.language import capitalise
from policygen.model.outline.outline import Outline
from policygen.model.policy import Citation, Clause, Section
from policygen.model.wording import Wording
from policygen.report import sentences

_RULE = re.compile(r"\|[-–—:| ]+\|")  # between the head and the rows of a table
_SIDES = ("Then", "Now")


def effect_heading(difference: Difference, outline: Outline) -> str:
    """Return what changes: "Rule: reworded"."""
    kind = sentences.KIND_LABELS[difference.kind]
    where = _part_label(difference.part, outline)
    return f"{where}: {kind}" if where else capitalise(kind)


def effect_causes(difference: Difference) -> Iterator[str]:
    """Yield what caused it, a sentence each.

    The edits of layers, the facts that have another value.
    """
    for cause in difference.why:
        if isinstance(cause, FactCause):
            first = sentences.value_text(cause.first, is_list=cause.is_list)
            second = sentences.value_text(cause.second, is_list=cause.is_list)
            yield f"{sentences.fact_title(cause.fact, cause.called)}: {first} became {second}."
        else:
            yield sentences.cause_sentence(cause, _SIDES)


def lines_then_and_now(
    difference: Difference, outline: Outline
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines that only the policy of then has, and those that only that of now has."""
    first, second = difference.first, difference.second
    if not isinstance(first, Wording) and not isinstance(second, Wording):
        return tuple(_part_lines(first, outline)), tuple(_part_lines(second, outline))
    old, new = changed_lines(first, second)
    if not old and not new:
        old, new = changed_lines(first, second, values=True)
    return _plain(old), _plain(new)


def effect_language(difference: Difference) -> str:
    """Return the language of its words; empty where it has none."""
    for part in (difference.second, difference.first):
        if isinstance(part, Wording):
            return part.language
    return ""


def _part_label(part: str, outline: Outline) -> str:
    """Return the heading of a tier, or the name of a line of a section's head.

    A title goes without.
    """
    if part in outline.tiers:
        return outline.tiers[part].heading
    return sentences.HEAD_LABELS.get(part, "") if part != "title" else ""


def _part_lines(part: ClausePart, outline: Outline) -> Iterator[str]:
    """Yield one side of a difference that is no wording, line by line."""
    match part:
        case Clause():
            yield from _clause_lines(part, outline)
        case Section():
            yield plain(prose.parse_inlines(part.title))
        case Position(section=section, after=after):
            place = f"After {after}" if after else "First"
            yield f"{place} in {section}" if section else place
        case bool():
            yield "Yes" if part else "No"
        case str() if part:
            label = sentences.LIST_LABELS.get(part)
            yield label.capitalize() if label else part
        case tuple():
            yield from (_entry(one) for one in part if one)


def _clause_lines(clause: Clause, outline: Outline) -> Iterator[str]:
    for telling in clause.tellings:
        lines = _plain(changed_lines(None, telling.wording)[1])
        tier = outline.tiers.get(telling.tier)  # today's outline may lack one of then
        heading = tier.heading if tier else telling.tier
        yield f"{heading}: {' '.join(lines)}"


def _entry(entry: Citation | str) -> str:
    return f"{entry.source} {entry.locator}".strip() if isinstance(entry, Citation) else entry


def _plain(lines: WordingLines) -> tuple[str, ...]:
    """Return lines without marks: of a table each row as its cells, and not the rule under it."""
    spoken = (plain(prose.parse_inlines(line)) for line in lines)
    return tuple(_row(line) for line in spoken if not _RULE.fullmatch(line))


def _row(line: str) -> str:
    """Return a row of a table as its cells with commas between; another line as it is."""
    if not (line.startswith("|") and line.endswith("|")):
        return line
    cells = (cell.strip() for cell in line.strip("|").split("|"))
    return ", ".join(cell for cell in cells if cell)
