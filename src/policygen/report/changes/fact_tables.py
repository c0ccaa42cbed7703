"""Differences -> the tables of facts in a change report.

What is set differently, and the names that differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from policygen.facts.described import PRESENCE, fact_label
from policygen.markdown import prose
from policygen.model import document as doc
from policygen.model.comparison.difference import Difference, DifferenceKind, Differences, FactCause
from policygen.model.document import Block, Inline, Inlines, Strong, Text
from policygen.model.language import capitalise, join_names
from policygen.model.policy import Clause, Section
from policygen.report import sentences
from policygen.report.layout import CellContent, report_table, side_heads, table_row, titled_group

_SHOWN = 6  # clauses that a row names; the words show the rest


@dataclass(slots=True)
class DifferingFact:
    """A fact that differs: its causes, and one difference of each place that prints it."""

    causes: list[FactCause] = field(default_factory=list)
    found_in: dict[tuple[str, str], Difference] = field(default_factory=dict)


class FactTables:
    """The tables of facts in one change report."""

    def __init__(self, found: Differences) -> None:
        self._found = found
        self._heads = side_heads(sentences.side_names(found))
        self._settings = differing_facts(found, names=False)
        self._names = differing_facts(found, names=True)

    @property
    def has_names(self) -> bool:
        """Whether any name differs."""
        return bool(self._names)

    def settings(self) -> Iterator[Block]:
        """Yield numbers, deadlines and laws, each once, with the clauses that print it."""
        rows = [
            (*_fact_cells(fact.causes), self._links(list(fact.found_in.values())))
            for fact in self._settings
        ]
        if rows:
            table = report_table(("What", *self._heads, "Clauses"), rows, shares=(5, 6, 6, 5))
            yield titled_group("settings", "What is set differently", table)

    def names(self, *, summary: bool = False) -> Iterator[Block]:
        """Yield the names that differ, each once.

        Without `summary`, the clauses in which nothing else differs follow.
        """
        if not self._names:
            return
        rows = [(*_fact_cells(fact.causes), str(len(fact.found_in))) for fact in self._names]
        table = report_table(("Name", *self._heads, "Clauses"), rows, shares=(5, 6, 6, 2))
        clauses = () if summary else self._names_only_clauses()
        yield titled_group("names", "Names that differ", table, *clauses)

    def _names_only_clauses(self) -> Iterator[Block]:
        rows: list[doc.Row] = []
        for pair, differing in self._found.by_clause():
            if differing and all(d.kind is DifferenceKind.NAMES_ONLY for d in differing):
                cells = (_clause_label(pair.clause), _names_in(differing))
                rows.append(table_row(cells, clause=pair.clause.id))
        if rows:
            title = f"Clauses in which only names differ: {len(rows)}"
            yield doc.Heading(3, (Text(title),), listed=False)
            yield doc.Table(table_row(("Clause", "Names")), tuple(rows), shares=(1, 1))

    def _links(self, differences: Sequence[Difference]) -> Inlines:
        """Return links to the clauses and sections that print a fact, the first few of them."""
        shown = len(differences) if len(differences) <= _SHOWN else _SHOWN - 1
        links: list[Inline] = []
        for difference in differences[:shown]:
            if links:
                links.append(Text(", "))
            links.append(self._link(difference))
        if len(differences) > shown:
            links.append(Text(f" and {len(differences) - shown} more"))
        return tuple(links)

    def _link(self, difference: Difference) -> doc.Link:
        first, second = self._found.first, self._found.second
        clause = second.clause(difference.clause) or first.clause(difference.clause)
        if clause:
            return doc.Link(f"#{clause.id}", (Text(clause.number or clause.title.text),))
        section = find_section(self._found, difference.section)
        return doc.Link(f"#section-{section.id}", (Text(section.title.text),))


def find_section(found: Differences, id: str) -> Section:
    """Return a section, as the second policy has it if it has it."""
    return sections_of(found)[id]


def sections_of(found: Differences) -> dict[str, Section]:
    """Return every section of both policies by its id.

    The second policy's, then what only the first has.
    """
    sections: dict[str, Section] = {}
    for policy in (found.second, found.first):
        for section in (policy.front, *policy.sections):
            sections.setdefault(section.id, section)
    return sections


def differing_facts(found: Differences, *, names: bool) -> list[DifferingFact]:
    """Return each fact that differs, without one that stands above another of them.

    Whether a policy has a clause is no fact here: the report says that of the clause itself.
    """
    facts: dict[str, DifferingFact] = {}
    for difference in found.found:
        causes = [cause for cause in difference.why if isinstance(cause, FactCause)]
        for cause in causes:
            if cause.fact.startswith(PRESENCE):
                continue
            if cause.names is names:
                fact = facts.setdefault(cause.fact, DifferingFact())
                fact.causes.append(cause)
                fact.found_in.setdefault((difference.clause, difference.section), difference)
    return [facts[path] for path in sentences.innermost_facts(facts)]


def _fact_cells(causes: Sequence[FactCause]) -> tuple[CellContent, CellContent, CellContent]:
    """Return what a fact is, and both values.

    A name is shown as it stands within a sentence, if it does anywhere.
    """
    within = [cause for cause in causes if _in_small_letters(cause)]
    cause = (within or causes)[0]
    title = sentences.fact_title(cause.fact, cause.called)
    return title, _side(cause.first, cause), _side(cause.second, cause)


def _in_small_letters(cause: FactCause) -> bool:
    return cause.first[:1].islower() or cause.second[:1].islower()


def _side(value: str, cause: FactCause) -> str:
    """Return one side of a fact in a table: a value whole, a long list by name."""
    if not value.strip():
        return "none"
    is_table = cause.is_list and sentences.is_long_list(value)
    return "its own list" if is_table else sentences.days_in_full(value)


def _clause_label(clause: Clause) -> Inlines:
    number = (Strong((Text(f"{clause.number} "),)),) if clause.number else ()
    return (*number, *prose.parse_inlines(clause.title))


def _names_in(differing: Iterable[Difference]) -> str:
    """Return which names differ in a clause, in one sentence."""
    causes = (cause for difference in differing for cause in difference.why)
    labels = (fact_label(c.fact, c.called) for c in causes if isinstance(c, FactCause))
    return capitalise(join_names(list(dict.fromkeys(labels))))
