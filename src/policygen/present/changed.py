"""What a change report tells: the facts that differ, the clauses that one policy lacks, the words of both as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from policygen import prose
from policygen.diff import count
from policygen.diff.blocks import Redline
from policygen.diff.facts import names as only_names
from policygen.diff.inlines import merged
from policygen.model import document as doc
from policygen.model.difference import Difference, Differences, FactCause, Kind, Pair
from policygen.model.document import Block, Blocks, Change, Inlines, Role, Strong, Text
from policygen.model.policy import Clause, Section, Wording
from policygen.present import saying

_WORDS = (Kind.REWORDED, Kind.RETITLED, Kind.SET_DIFFERENTLY)


class Changed:
    """The parts of one change report."""

    def __init__(self, found: Differences) -> None:
        self.found = found
        self.names = saying.sides(found)
        self.outline = found.second.outline
        every = [s for policy in (found.second, found.first) for s in (policy.front, *policy.sections)]
        self.sections: dict[str, Section] = {}
        for section in every:
            self.sections.setdefault(section.id, section)
        self.numbers = {pair.clause.id: pair.clause.number or pair.clause.title.text for pair in found.pairs}
        self.where = {difference.clause: difference.section for difference in found.found}

    # --- Facts ---------------------------------------------------------------------------------------------

    def settings(self) -> Iterator[Block]:
        """Numbers, deadlines and laws, each once, with the clauses that print it."""
        yield from self._facts("settings", "What is set differently", names=False)

    def names_only(self) -> Iterator[Block]:
        """The names that differ, each once."""
        yield from self._facts("names", "Names that differ", names=True)

    def _facts(self, anchor: str, title: str, *, names: bool) -> Iterator[Block]:
        told: dict[str, tuple[FactCause, list[str]]] = {}
        for difference in self.found.found:
            number = self.numbers.get(difference.clause) or self.sections[difference.section].title.text
            for cause in difference.why:
                if isinstance(cause, FactCause) and cause.names is names:
                    where = told.setdefault(cause.fact, (cause, []))[1]
                    where += [number] if number not in where else []
        if told:
            rows = [
                (saying.fact(fact), saying.value(cause.first), saying.value(cause.second), saying.some(where))
                for fact, (cause, where) in told.items()
            ]
            yield titled(anchor, title, table(("What", *self.names, "Clauses"), rows, wide=True))

    # --- Clauses -------------------------------------------------------------------------------------------

    def in_one_only(self) -> Iterator[Block]:
        """The clauses that only one policy has, and why."""
        rows = [
            (
                doc.Link(f"#{d.clause}", (Text(_name(d)),)),
                self.names[d.kind is Kind.ADDED],
                " ".join(saying.why(cause, self.names) for cause in d.why) or "The library differs.",
            )
            for d in self.found.found
            if d.kind in (Kind.ADDED, Kind.REMOVED) and d.clause
        ]
        if rows:
            yield titled("alone", "In one policy only", table(("Clause", "Stands in", "Why"), rows, wide=True))

    def by_section(self) -> Iterator[Block]:
        """How many clauses and words of each section differ."""
        totals: dict[str, list[int]] = {}
        for pair, differing in self.found.by_clause():
            if any(d.kind is not Kind.NAMES_ONLY for d in differing):
                parts = {d.part for d in differing}
                told = [tier for tier in self.outline.tiers if "" in parts or tier in parts]
                words = [count.words(self._blocks(pair.first, t), self._blocks(pair.second, t)) for t in told]
                sums = totals.setdefault(self.where[pair.clause.id], [0, 0, 0])
                for at, n in enumerate((1, sum(a for a, _ in words), sum(b for _, b in words))):
                    sums[at] += n
        if totals:
            rows = [(self.sections[id].title.text, *map(str, totals[id])) for id in self.sections if id in totals]
            rows.append(("All", *(str(sum(sums[at] for sums in totals.values())) for at in range(3))))
            head = ("Section", "Clauses", *(f"Words only in {name}" for name in self.names))
            yield titled("words", "How many words differ", table(head, rows))

    def clauses(self) -> Iterator[Block]:
        """Every clause in which more than names differs, with its words as one."""
        held: dict[str, list[Block]] = {id: list(self._head(id)) for id in self.sections}
        for pair, differing in self.found.by_clause():
            if any(d.kind is not Kind.NAMES_ONLY for d in differing):
                held[self.where[pair.clause.id]].append(self._clause(pair, differing))
        for id, blocks in held.items():
            if blocks:
                section = self.sections[id]
                heading = doc.Heading(2, prose.inlines(section.title), f"section-{id}", section.number)
                yield doc.Part(f"section-{id}", (heading, *blocks), "changes")

    def _head(self, section: str) -> Iterator[Block]:
        """What differs in a section's own lines."""
        for d in self.found.found:
            if d.section != section or d.clause or d.kind is Kind.NAMES_ONLY:
                continue
            if isinstance(d.first, Wording) or isinstance(d.second, Wording):
                first, second = (prose.inlines(w) if isinstance(w, Wording) else () for w in (d.first, d.second))
                label = Strong((Text(saying.HEADS[d.part]),))
                yield doc.Paragraph((label, Text(" "), *merged(first, second, names=self._named)))
            elif told := saying.beside(d):
                yield doc.Paragraph((Text(told),), Role.SLIP)

    def _clause(self, pair: Pair, differing: Sequence[Difference]) -> Block:
        """One clause: how it differs, its words with both sides in them, and why."""
        clause = pair.clause
        both = pair.first is not None and pair.second is not None
        was = pair.first.number if both and pair.first and pair.first.number != clause.number else ""
        heading = doc.Heading(3, self._title(pair), clause.id, clause.number, was=was)
        kinds = sorted({d.kind for d in differing}, key=list(Kind).index)
        tags = tuple(i for kind in kinds for i in (doc.Tag(saying.LABELS[kind], solid=kind in _WORDS), Text(" ")))
        change = None if both else Change.INSERTED if pair.second else Change.DELETED
        told = self._told(pair, {d.part for d in differing}, change)
        blocks = (heading, doc.Paragraph(tags[:-1], Role.SLIP), *told, *self._slip(differing))
        return doc.Clause(clause.id, blocks, kinds=tuple(kind.key for kind in kinds))

    def _title(self, pair: Pair) -> Inlines:
        first, second = (prose.inlines(c.title) if c else () for c in (pair.first, pair.second))
        return merged(first, second, names=self._named) if first and second else first or second

    def _told(self, pair: Pair, parts: set[str], change: Change | None) -> Iterator[Block]:
        """The tellings that differ, each under its tier; a clause that one policy lacks at its longest only."""
        tiers = {t: about for t, about in self.outline.tiers.items() if t in parts or (change and about.required)}
        for tier, about in tiers.items():
            yield doc.Heading(4, (Text(about.heading),), listed=False)
            yield from Redline(self._named).blocks(self._blocks(pair.first, tier), self._blocks(pair.second, tier))

    def _blocks(self, clause: Clause | None, tier: str) -> Blocks:
        wording = clause.told(tier) if clause else None
        return prose.blocks(wording, self.outline.labels) if wording else ()

    def _slip(self, differing: Iterable[Difference]) -> Iterator[Block]:
        """What differs beside the words, and why."""
        differing = tuple(differing)
        for told in filter(None, map(saying.beside, differing)):
            yield doc.Paragraph((Text(told),), Role.SLIP)
        causes = dict.fromkeys(saying.why(cause, self.names) for d in differing for cause in d.why)
        if causes:
            yield doc.Paragraph((Strong((Text("Why"),)), Text(" " + " ".join(causes))), Role.SLIP)

    @cached_property
    def _named(self) -> frozenset[str]:
        """The facts that only name something: shown as facts that differ, and not as changes."""
        clauses = (clause for pair in self.found.pairs for clause in (pair.first, pair.second) if clause)
        paths = {path for clause in clauses for path in _printed(clause)}
        return frozenset(path for path in paths if only_names(path, self.outline))


def titled(anchor: str, title: str, *blocks: Block) -> doc.Part:
    """A part of a report under its heading."""
    return doc.Part(anchor, (doc.Heading(2, (Text(title),), anchor), *blocks), anchor)


def table(head: Sequence[str], rows: Iterable[Sequence[str | doc.Inline]], *, wide: bool = False) -> doc.Table:
    """A table of plain cells."""
    made = (doc.Row(tuple((Text(c) if isinstance(c, str) else c,) for c in row)) for row in rows)
    return doc.Table(doc.Row(tuple((Text(cell),) for cell in head)), tuple(made), wide=wide)


def _name(difference: Difference) -> str:
    clause = difference.second or difference.first
    return f"{clause.number} {clause.title.text}".strip() if isinstance(clause, Clause) else difference.clause


def _printed(clause: Clause) -> Iterator[str]:
    for wording in (clause.title, *(telling.wording for telling in clause.tellings)):
        yield from (fact for fact, _ in wording.values)
