"""What a change report tells: the facts that differ, the clauses that one policy lacks, the words of both as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeAlias

from policygen.diff import count
from policygen.diff.blocks import Redline
from policygen.diff.facts import FactComparer
from policygen.diff.inlines import merge_inlines
from policygen.markdown import prose
from policygen.model import document as doc
from policygen.model.difference import (
    ClausePair,
    Difference,
    DifferenceKind,
    Differences,
    FactCause,
)
from policygen.model.document import (
    Block,
    Blocks,
    Inline,
    Inlines,
    Revision,
    Role,
    Shape,
    Shaped,
    Strong,
    Text,
)
from policygen.model.policy import Clause, Section, Wording
from policygen.report import sentences
from policygen.report.changes.finding import COUNT_SHAPES, count_key
from policygen.report.changes.reasons import reasons_text

_CellContent: TypeAlias = str | Inline | Inlines
_SHOWN = 6  # clauses that a row names; the words show the rest


class ChangeReportParts:
    """The parts of one change report."""

    def __init__(self, found: Differences) -> None:
        self.found = found
        self.names = sentences.side_names(found)
        self.heads = side_heads(self.names)
        self.outline = found.second.outline
        every = [
            s for policy in (found.second, found.first) for s in (policy.front, *policy.sections)
        ]
        self.sections: dict[str, Section] = {}
        for section in every:
            self.sections.setdefault(section.id, section)
        self.where = {difference.clause: difference.section for difference in found.found}
        self.differing = [
            (pair, d)
            for pair, d in found.by_clause()
            if any(x.kind is not DifferenceKind.NAMES_ONLY for x in d)
        ]
        self.named = [
            (pair, d)
            for pair, d in found.by_clause()
            if d and all(x.kind is DifferenceKind.NAMES_ONLY for x in d)
        ]

    # --- Facts ---------------------------------------------------------------------------------------------

    def settings(self) -> Iterator[Block]:
        """Numbers, deadlines and laws, each once, with the clauses that print it."""
        told = self._told_facts(names=False)
        rows = [(*self._values(causes), self._clauses_of(where)) for causes, where in told.values()]
        if rows:
            made = report_table(("What", *self.heads, "Clauses"), rows, shares=(5, 6, 6, 5))
            yield titled_group("settings", "What is set differently", made)

    def names_only(self, *, summary: bool = False) -> Iterator[Block]:
        """The names that differ, each once; then the clauses in which nothing else does."""
        told = self._told_facts(names=True)
        rows = [(*self._values(causes), str(len(where))) for causes, where in told.values()]
        if not rows:
            return
        blocks: list[Block] = [
            report_table(("Name", *self.heads, "Clauses"), rows, shares=(5, 6, 6, 2))
        ]
        if self.named and not summary:
            blocks += [
                doc.Heading(
                    3,
                    (Text(f"Clauses in which only names differ: {len(self.named)}"),),
                    listed=False,
                ),
                doc.Table(
                    doc.Row(((Text("Clause"),), (Text("Names"),))),
                    tuple(
                        doc.Row((_label(pair.clause), (Text(_named(d)),)), clause=pair.clause.id)
                        for pair, d in self.named
                    ),
                    shares=(1, 1),
                ),
            ]
        yield titled_group("names", "Names that differ", *blocks)

    def _told_facts(self, *, names: bool) -> dict[str, tuple[list[FactCause], list[Difference]]]:
        """Each fact with its causes, and one difference for each clause or section in which it stands."""
        told: dict[str, tuple[list[FactCause], list[Difference]]] = {}
        for difference in self.found.found:
            for cause in difference.why:
                if isinstance(cause, FactCause) and cause.names is names:
                    causes, where = told.setdefault(cause.fact, ([], []))
                    causes.append(cause)
                    if (difference.clause, difference.section) not in {
                        (d.clause, d.section) for d in where
                    }:
                        where.append(difference)
        return {
            path: one
            for path, one in told.items()
            if not any(other.startswith(f"{path}.") for other in told)
        }

    def _values(
        self, causes: Sequence[FactCause]
    ) -> tuple[_CellContent, _CellContent, _CellContent]:
        """What a fact is, and both values; of a name, as it stands within a sentence where it does so anywhere."""
        one = next(
            (c for c in causes if c.first[:1].islower() or c.second[:1].islower()), causes[0]
        )
        return sentences.fact_title(one.fact), _cell(one.first), _cell(one.second)

    def _clauses_of(self, where: Sequence[Difference]) -> Inlines:
        """Links to the clauses that print a fact."""
        links: list[Inline] = []
        for difference in where[: _SHOWN - 1 if len(where) > _SHOWN else _SHOWN]:
            clause = self.found.second.clause(difference.clause) or self.found.first.clause(
                difference.clause
            )
            if clause:
                link = doc.Link(f"#{clause.id}", (Text(clause.number or clause.title.text),))
            else:
                section = self.sections[difference.section]
                link = doc.Link(f"#section-{section.id}", (Text(section.title.text),))
            links += [*((Text(", "),) if links else ()), link]
        more = len(where) - _SHOWN + 1
        return (*links, Text(f" and {more} more")) if len(where) > _SHOWN else tuple(links)

    # --- Clauses -------------------------------------------------------------------------------------------

    def in_one_only(self) -> Iterator[Block]:
        """The clauses that only one policy has, and why."""
        rows: list[tuple[_CellContent, ...]] = [
            (
                doc.Link(f"#{d.clause}", (Text(_name(d)),)),
                self.heads[d.kind is DifferenceKind.ADDED],
                reasons_text((d,), self.found) or "The library differs.",
            )
            for d in self.found.found
            if d.kind in (DifferenceKind.ADDED, DifferenceKind.REMOVED) and d.clause
        ]
        if rows:
            clauses = f"{len(rows)} clause{'s' if len(rows) > 1 else ''}"
            made = report_table(("Clause", "Stands in", "Why"), rows, shares=(6, 4, 10))
            yield titled_group("one-only", f"In one policy only: {clauses}", made)

    def by_section(self) -> Iterator[Block]:
        """How many clauses and words of each section differ."""
        totals: dict[str, list[int]] = {}
        for pair, differing in self.differing:
            parts = {d.part for d in differing}
            told = [tier for tier in self.outline.tiers if "" in parts or tier in parts]
            words = [
                count.count_words(self._blocks(pair.first, t), self._blocks(pair.second, t))
                for t in told
            ]
            sums = totals.setdefault(self.where[pair.clause.id], [0, 0, 0])
            for at, n in enumerate((1, sum(a for a, _ in words), sum(b for _, b in words))):
                sums[at] += n
        if totals:
            rows = [
                (self.sections[id].title.text, *map(str, totals[id]))
                for id in self.sections
                if id in totals
            ]
            rows.append(
                ("All", *(str(sum(sums[at] for sums in totals.values())) for at in range(3)))
            )
            head = ("Section", "Clauses", *(f"Words only in {name}" for name in self.names))
            yield titled_group("words", "How many words differ", report_table(head, rows))

    def clauses(self) -> Iterator[Block]:
        """Every clause in which more than names differs, with its words as one."""
        held: dict[str, list[Block]] = {id: list(self._head(id)) for id in self.sections}
        for pair, differing in self.differing:
            held[self.where[pair.clause.id]].append(self._clause(pair, differing))
        legend: tuple[Block, ...] = (self._legend(),)
        for id, blocks in held.items():
            if blocks:
                section = self.sections[id]
                heading = doc.Heading(
                    2, prose.parse_inlines(section.title), f"section-{id}", section.number
                )
                yield doc.Group(f"section-{id}", (heading, *legend, *blocks), "changes")
                legend = ()

    def _legend(self) -> Block:
        """How to read the words of both."""
        first, second = self.names
        told: list[Inline] = [doc.Deleted((Text("Struck"),)), Text(f" is only in {first}. ")]
        told += [doc.Inserted((Text("Underlined"),)), Text(f" is only in {second}.")]
        if self._told_facts(names=True):
            told += [
                Text(" "),
                doc.Value("", "Names", "Names"),
                Text(f" are those of {second}; the end lists both."),
            ]
        return doc.Paragraph(tuple(told), Role.HINT)

    def _head(self, section: str) -> Iterator[Block]:
        """What differs in a section's own lines."""
        for d in self.found.found:
            if d.section != section or d.clause or d.kind is DifferenceKind.NAMES_ONLY:
                continue
            if isinstance(d.first, Wording) or isinstance(d.second, Wording):
                first, second = (
                    prose.parse_inlines(w) if isinstance(w, Wording) else ()
                    for w in (d.first, d.second)
                )
                label = Strong((Text(sentences.HEAD_LABELS[d.part]),))
                yield doc.Paragraph(
                    (label, Text(" "), *merge_inlines(first, second, names=self._named))
                )
            elif told := self._of_section(d):
                yield doc.Paragraph((Text(told),), Role.SLIP)

    def _of_section(self, difference: Difference) -> str:
        """What differs in a section as a whole."""
        if difference.kind in (DifferenceKind.ADDED, DifferenceKind.REMOVED):
            return f"This section stands only in {self.names[difference.kind is DifferenceKind.ADDED]}."
        return sentences.slip_sentence(difference, self.found)

    def _clause(self, pair: ClausePair, differing: Sequence[Difference]) -> Block:
        """One clause: how it differs, its words with both sides in them, and why."""
        clause = pair.clause
        both = pair.first is not None and pair.second is not None
        was = (
            pair.first.number if both and pair.first and pair.first.number != clause.number else ""
        )
        kinds = sorted({d.kind for d in differing}, key=list(DifferenceKind).index)
        change = None if both else Revision.INSERTED if pair.second else Revision.DELETED
        blocks = (
            doc.Heading(3, self._title(pair), clause.id, clause.number, was=was),
            doc.Paragraph(tuple(self._tags(kinds)), Role.SLIP),
            *self._told(pair, {d.part for d in differing}, change),
            *self._slip(pair, differing),
        )
        return doc.ClauseBlock(clause.id, blocks, kinds=tuple(kind.key for kind in kinds))

    def _tags(self, kinds: Sequence[DifferenceKind]) -> Iterator[Inline]:
        for at, kind in enumerate(kinds):
            if at:
                yield Text(", ")
            only = kind in (DifferenceKind.ADDED, DifferenceKind.REMOVED)
            label = (
                f"only {self.names[kind is DifferenceKind.ADDED]}"
                if only
                else sentences.KIND_LABELS[kind]
            )
            yield Shaped(COUNT_SHAPES[count_key({kind})], (Text(label),))

    def _title(self, pair: ClausePair) -> Inlines:
        first, second = (
            prose.parse_inlines(c.title) if c else () for c in (pair.first, pair.second)
        )
        return (
            merge_inlines(first, second, names=self._named) if first and second else first or second
        )

    def _told(self, pair: ClausePair, parts: set[str], change: Revision | None) -> Iterator[Block]:
        """The tellings that differ, each under its tier; a clause that one policy lacks at its longest only."""
        tiers = {
            t: about
            for t, about in self.outline.tiers.items()
            if t in parts or (change and about.required)
        }
        for tier, about in tiers.items():
            yield doc.Heading(4, (Text(about.heading),), listed=False)
            yield from Redline(self._named).blocks(
                self._blocks(pair.first, tier), self._blocks(pair.second, tier)
            )

    def _blocks(self, clause: Clause | None, tier: str) -> Blocks:
        wording = clause.told(tier) if clause else None
        return prose.parse_blocks(wording, self.outline.labels) if wording else ()

    def _slip(self, pair: ClausePair, differing: Sequence[Difference]) -> Iterator[Block]:
        """What differs beside the words, and why."""
        for told in filter(None, (sentences.slip_sentence(d, self.found) for d in differing)):
            yield doc.Paragraph((Text(told),), Role.SLIP)
        printed = {
            path for clause in (pair.first, pair.second) if clause for path, _ in _printed(clause)
        }
        if why := reasons_text(differing, self.found, printed):
            yield doc.Paragraph((Strong((Text("Why"),)), Text(f" {why}")), Role.SLIP)

    @cached_property
    def _named(self) -> frozenset[str]:
        """The facts that only name something else: shown as facts that differ, and not as changes."""
        before = (
            value for pair in self.found.pairs if pair.first for value in _printed(pair.first)
        )
        after = (
            value for pair in self.found.pairs if pair.second for value in _printed(pair.second)
        )
        return FactComparer(self.found.first, self.found.second).named(before, after)


def side_heads(names: tuple[str, str]) -> tuple[Shaped, Shaped]:
    """The two policies' names as heads, each with its square."""
    first, second = (name[:1].upper() + name[1:] for name in names)
    return Shaped(Shape.FIRST, (Text(first),)), Shaped(Shape.SECOND, (Text(second),))


def titled_group(anchor: str, title: str, *blocks: Block) -> doc.Group:
    """A part of a report under its heading."""
    return doc.Group(anchor, (doc.Heading(2, (Text(title),), anchor), *blocks), anchor)


def report_table(
    head: Sequence[_CellContent],
    rows: Iterable[Sequence[_CellContent]],
    *,
    shares: tuple[int, ...] = (),
    wide: bool = False,
) -> doc.Table:
    """A table of such cells."""
    made = tuple(doc.Row(tuple(map(_inlines, row))) for row in rows)
    return doc.Table(doc.Row(tuple(map(_inlines, head))), made, shares=shares, wide=wide)


def _inlines(cell: _CellContent) -> Inlines:
    return (Text(cell),) if isinstance(cell, str) else cell if isinstance(cell, tuple) else (cell,)


def _cell(value: str) -> str:
    """One side of a fact in a table: long values whole, lists named."""
    return "none" if not value.strip() else "its own list" if sentences.is_list(value) else value


def _label(clause: Clause) -> Inlines:
    number = (Strong((Text(f"{clause.number} "),)),) if clause.number else ()
    return (*number, *prose.parse_inlines(clause.title))


def _named(differing: Iterable[Difference]) -> str:
    """Which names differ in a clause, in one sentence."""
    causes = (cause for d in differing for cause in d.why)
    told = sentences.join_names(
        list(
            dict.fromkeys(sentences.fact_label(c.fact) for c in causes if isinstance(c, FactCause))
        )
    )
    return told[:1].upper() + told[1:]


def _name(difference: Difference) -> str:
    clause = difference.second or difference.first
    return (
        f"{clause.number} {clause.title.text}".strip()
        if isinstance(clause, Clause)
        else difference.clause
    )


def _printed(clause: Clause) -> Iterator[tuple[str, str]]:
    for wording in (clause.title, *(telling.wording for telling in clause.tellings)):
        yield from wording.values
