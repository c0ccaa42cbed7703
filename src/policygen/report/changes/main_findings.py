"""The five findings that a reader of a change report should not miss, in whole sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from policygen.markdown import prose
from policygen.model.comparison.difference import (
    Difference,
    DifferenceKind,
    Differences,
    is_undecided,
)
from policygen.model.document.walk import plain
from policygen.model.policy import Clause
from policygen.report import sentences
from policygen.report.changes.fact_tables import DifferingFact, differing_facts

_MOST = 5
_OF_A_SORT = 2  # as long as there are others
_LONG = 60  # characters of a value that a sentence may hold


def main_findings(found: Differences) -> list[str]:
    """Return at most five sentences, the weightiest first; none where the policies say the same.

    Clauses that one policy lacks, numbers and deadlines that differ, then other words: of each sort
    two, and more where the others have fewer. What every body needs stands before the rest.
    """
    sorts = [list(_lacking(found)), list(_set_differently(found)), list(_reworded(found))]
    first = [line for sort in sorts for line in sort[:_OF_A_SORT]]
    rest = [line for sort in sorts for line in sort[_OF_A_SORT:]]
    chosen = [*first, *rest][:_MOST]
    return [line for sort in sorts for line in sort if line in chosen]


def _lacking(found: Differences) -> Iterator[str]:
    """Yield a sentence for each clause that one of the two lacks."""
    first, second = sentences.side_names(found)
    who = {
        DifferenceKind.ADDED: f"Only {second} has",
        DifferenceKind.REMOVED: f"Only {first} has",
        DifferenceKind.LEFT_OUT: f"{second} leaves out",
        DifferenceKind.BROUGHT_IN: f"{first} leaves out",
    }
    lacking = {DifferenceKind.ADDED: first, DifferenceKind.REMOVED: second}
    for clause, difference in _weightiest(found, tuple(who)):
        if is_undecided(difference.why):
            yield f"Nobody has decided whether {lacking[difference.kind]} has {_named(clause)}."
        else:
            yield f"{who[difference.kind]} {_named(clause)}."


def _set_differently(found: Differences) -> Iterator[str]:
    """Yield a sentence for each number, deadline or law that differs, the promised ones first."""
    facts = [fact for fact in differing_facts(found, names=False) if _is_told(fact, found)]
    facts.sort(key=lambda fact: not fact.causes[0].fact.startswith("commitments."))
    first, second = sentences.side_names(found)
    for fact in facts:
        cause = fact.causes[0]
        one, other = sentences.days_in_full(cause.first), sentences.days_in_full(cause.second)
        title = sentences.fact_title(cause.fact, cause.called)
        yield f"{title}: {one or 'none'} in {first}, {other or 'none'} in {second}."


def _is_told(fact: DifferingFact, found: Differences) -> bool:
    """Tell whether a fact is one short value, and no line of document control."""
    cause = fact.causes[0]
    is_short = max(len(cause.first), len(cause.second)) <= _LONG and not cause.is_list
    is_same = cause.first.casefold() == cause.second.casefold()
    front = found.second.outline.front.section
    is_in_rules = any(section != front for _, section in fact.found_in)
    return is_short and is_in_rules and not is_same and not cause.fact.startswith("policy.")


def _reworded(found: Differences) -> Iterator[str]:
    """Yield a sentence for each clause whose words differ, those that differ most first."""
    reworded = _weightiest(found, (DifferenceKind.REWORDED,))
    reworded.sort(key=lambda pair: -_differing_words(pair[0].id, found))
    for clause, _ in reworded:
        yield f"The two word {_named(clause)} otherwise."


def _differing_words(id: str, found: Differences) -> int:
    """Return how many words of a clause stand on one side alone."""
    first, second = (_words(policy.clause(id)) for policy in (found.first, found.second))
    return (first - second).total() + (second - first).total()


def _words(clause: Clause | None) -> Counter[str]:
    tellings = clause.tellings if clause else ()
    return Counter(word for telling in tellings for word in telling.wording.text.split())


def _weightiest(
    found: Differences, kinds: Sequence[DifferenceKind]
) -> list[tuple[Clause, Difference]]:
    """Return each clause with its first difference of these kinds, what every body needs first.

    The questions of the chart only repeat the rules.
    """
    differing: dict[str, tuple[Clause, Difference]] = {}
    front = found.second.outline.front
    for difference in found.found:
        clause = found.second.clause(difference.clause) or found.first.clause(difference.clause)
        is_rule = difference.section not in (front.section, front.chart)
        if clause and difference.kind in kinds and is_rule:
            differing.setdefault(clause.id, (clause, difference))
    needed = found.second.outline.grades.binding
    return sorted(differing.values(), key=lambda pair: pair[0].grade != needed)


def _named(clause: Clause) -> str:
    """Return a clause by the word for its matter, and its number."""
    name = plain(prose.parse_inlines(clause.label or clause.title))
    return f"“{name}” ({clause.number})" if clause.number else f"“{name}”"
