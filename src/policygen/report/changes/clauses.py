"""Differences -> clauses of a change report: those that one lacks, and the words of both as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from policygen.diff.blocks import Redline
from policygen.diff.count import count_words
from policygen.diff.facts import FactComparer
from policygen.diff.inlines import merge_inlines
from policygen.markdown.prose import ProseCache
from policygen.model import document as doc
from policygen.model.comparison.difference import (
    ClausePair,
    Difference,
    DifferenceKind,
    Differences,
    is_undecided,
)
from policygen.model.document import (
    Block,
    Blocks,
    Inline,
    Inlines,
    Role,
    Shaped,
    Strong,
    Text,
)
from policygen.model.language import capitalise
from policygen.model.policy import Clause
from policygen.model.wording import Wording
from policygen.report import sentences
from policygen.report.changes.fact_tables import sections_of
from policygen.report.changes.finding import COUNT_SHAPES, count_key
from policygen.report.changes.reasons import reasons_text
from policygen.report.layout import CellContent, report_table, side_heads, table_row, titled_group

_ONLY_SECOND = (DifferenceKind.ADDED, DifferenceKind.BROUGHT_IN)
_LEFT_OUT = (DifferenceKind.LEFT_OUT, DifferenceKind.BROUGHT_IN)
_ONE_SIDED = (*_ONLY_SECOND, DifferenceKind.REMOVED, DifferenceKind.LEFT_OUT)


class ClauseParts:
    """The clauses of one change report."""

    def __init__(self, found: Differences, prose: ProseCache) -> None:
        self._found = found
        self._prose = prose
        self._names = sentences.side_names(found)
        self._outline = found.second.outline
        self._sections = sections_of(found)
        self._section_of = {difference.clause: difference.section for difference in found.found}
        self._differing = [
            (pair, differing)
            for pair, differing in found.by_clause()
            if any(d.kind is not DifferenceKind.NAMES_ONLY for d in differing)
        ]

    # --- Summaries --------------------------------------------------------------------------------

    def in_one_only(self) -> Iterator[Block]:
        """Yield the clauses that only one policy has, and why."""
        first_head, second_head = side_heads(self._names)
        rows: list[tuple[CellContent, ...]] = []
        for difference in self._found.found:
            if difference.kind in _ONE_SIDED and difference.clause:
                link = doc.Link(f"#{difference.clause}", (Text(_clause_name(difference)),))
                side = second_head if difference.kind in _ONLY_SECOND else first_head
                why = reasons_text((difference,), self._found) or "The library differs."
                rows.append((link, side, why))
        if rows:
            only = "In one policy only"
            if any(is_undecided(difference.why) for difference in self._found.found):
                only += ", or undecided"
            title = f"{only}: {len(rows)} clause{'s' if len(rows) > 1 else ''}"
            table = report_table(("Clause", "Stands in", "Why"), rows)
            yield titled_group("one-only", title, table)

    def left_out_otherwise(self) -> Iterator[Block]:
        """Yield what both policies leave out, with the reason of each where they differ."""
        rows: list[doc.Row] = []
        for difference in self._found.found:
            if difference.kind is DifferenceKind.LEFT_OUT_OTHERWISE:
                reasons = map(capitalise, (str(difference.first), str(difference.second)))
                rows.append(
                    table_row((self._omitted_title(difference), *reasons), difference.clause)
                )
        if rows:
            head = table_row(("What both leave out", *side_heads(self._names)))
            title = "Left out for another reason"
            yield titled_group("left-out-otherwise", title, doc.Table(head, tuple(rows)))

    def _omitted_title(self, difference: Difference) -> str:
        """Return the title of a clause that both leave out, or of a section."""
        if difference.clause:
            titles = {one.id: one.title for one in self._found.second.left_out}
            return titles[difference.clause]
        section = self._sections.get(difference.section)
        label = section.label if section else None
        return label.text if label else capitalise(difference.section.replace("-", " "))

    def by_section(self) -> Iterator[Block]:
        """Yield how many clauses and words of each section differ."""
        totals: dict[str, list[int]] = {}
        for pair, differing in self._differing:
            sums = totals.setdefault(self._section_of[pair.clause.id], [0, 0, 0])
            counts = (1, *self._count_words(pair, {d.part for d in differing}))
            for at, number in enumerate(counts):
                sums[at] += number
        if not totals:
            return
        rows = [
            (section.title.text, *map(str, totals[id]))
            for id, section in self._sections.items()
            if id in totals
        ]
        rows.append(("All", *(str(sum(column)) for column in zip(*totals.values(), strict=True))))
        head = ("Section", "Clauses", *(f"Words only in {name}" for name in self._names))
        yield titled_group("words", "How many words differ", report_table(head, rows))

    def _count_words(self, pair: ClausePair, parts: set[str]) -> tuple[int, int]:
        """Return how many words of a clause only the first has, and how many only the second."""
        first_only = second_only = 0
        for tier in self._outline.tiers:
            if "" in parts or tier in parts:
                first, second = self._blocks(pair.first, tier), self._blocks(pair.second, tier)
                deleted, inserted = count_words(first, second)
                first_only += deleted
                second_only += inserted
        return first_only, second_only

    # --- Words ------------------------------------------------------------------------------------

    def in_full(self, *, names_differ: bool) -> Iterator[Block]:
        """Yield every clause in which more than names differs, under its section, in full."""
        blocks = {section: list(self._head(section)) for section in self._sections}
        for pair, differing in self._differing:
            blocks[self._section_of[pair.clause.id]].append(self._clause(pair, differing))
        legend: tuple[Block, ...] = (self._legend(names_differ),)
        for id, parts in blocks.items():
            if parts:
                section = self._sections[id]
                anchor = f"section-{id}"
                heading = doc.Heading(2, self._prose.inlines(section.title), anchor, section.number)
                yield doc.Group(anchor, (heading, *legend, *parts), "changes")
                legend = ()  # it stands once, under the first heading

    def _legend(self, names_differ: bool) -> Block:
        """Return how to read the words of both."""
        first, second = self._names
        inlines: list[Inline] = [
            doc.Deleted((Text("Struck"),)),
            Text(f" is only in {first}. "),
            doc.Inserted((Text("Underlined"),)),
            Text(f" is only in {second}."),
        ]
        if names_differ:
            sample = doc.Value("", "Names", "Names")
            inlines += [Text(" "), sample, Text(f" are those of {second}; the end lists both.")]
        return doc.Paragraph(tuple(inlines), Role.HINT)

    def _head(self, section: str) -> Iterator[Block]:
        """Yield what differs in a section's own lines."""
        for difference in self._found.found:
            own = difference.section == section and not difference.clause
            if own and difference.kind is not DifferenceKind.NAMES_ONLY:
                yield from self._head_line(difference)

    def _head_line(self, difference: Difference) -> Iterator[Block]:
        """Yield what differs in a section's head or place: words with both sides in them, or why.

        A section that one policy lacks says so, or why it is left out.
        """
        first, second = difference.first, difference.second
        if isinstance(first, Wording) or isinstance(second, Wording):
            label = Strong((Text(sentences.PART_LABELS[difference.part]),))
            words = self._merge(self._title(first), self._title(second))
            yield doc.Paragraph((label, Text(" "), *words))
            return
        if difference.kind in _ONE_SIDED:
            sentence = f"This section stands only in {self._only_in(difference.kind)}."
            if difference.section in self._undecided_sections():
                lacking = self._lacking_in(difference.kind)
                sentence = f"Nobody has decided whether {lacking} has this section."
            if difference.kind in _LEFT_OUT:
                sentence = reasons_text((difference,), self._found)
        else:
            sentence = sentences.slip_sentence(difference, self._found)
        if sentence:
            yield doc.Paragraph((Text(sentence),), Role.REMARK)

    def _clause(self, pair: ClausePair, differing: Sequence[Difference]) -> Block:
        """Return one clause: how it differs, its words with both sides in them, and why."""
        clause = pair.clause
        kinds = sorted({d.kind for d in differing}, key=list(DifferenceKind).index)
        title = self._clause_title(pair)
        heading = doc.Heading(3, title, clause.id, clause.number, was=_old_number(pair))
        blocks = (
            heading,
            doc.Paragraph(tuple(self._kind_tags(differing)), Role.REMARK),
            *self._label(pair, differing),
            *self._tellings(pair, {d.part for d in differing}),
            *self._slip(pair, differing),
        )
        return doc.ClauseBlock(clause.id, blocks, kinds=tuple(kind.key for kind in kinds))

    def _kind_tags(self, differing: Sequence[Difference]) -> Iterator[Inline]:
        kinds = sorted({d.kind for d in differing}, key=list(DifferenceKind).index)
        for at, kind in enumerate(kinds):
            if at:
                yield Text(", ")
            label = sentences.KIND_LABELS[kind]
            if kind in _LEFT_OUT:
                label = f"left out in {self._lacking_in(kind)}"
            elif kind in _ONE_SIDED:
                label = f"only {self._only_in(kind)}"
                if is_undecided(cause for one in differing for cause in one.why):
                    label = f"undecided in {self._lacking_in(kind)}"
            yield Shaped(COUNT_SHAPES[count_key({kind})], (Text(label),))

    def _undecided_sections(self) -> set[str]:
        """Return the sections of which one side may have more: nobody has decided."""
        return {one.section for one in self._found.found if is_undecided(one.why)}

    def _only_in(self, kind: DifferenceKind) -> str:
        """Return the name of the policy that alone has what a one-sided difference is about."""
        first, second = self._names
        return second if kind in _ONLY_SECOND else first

    def _lacking_in(self, kind: DifferenceKind) -> str:
        """Return the name of the other policy."""
        first, second = self._names
        return first if kind in _ONLY_SECOND else second

    def _clause_title(self, pair: ClausePair) -> Inlines:
        if pair.first and pair.second:
            return self._merge(
                self._prose.inlines(pair.first.title),
                self._prose.inlines(pair.second.title),
            )
        return self._prose.inlines(pair.clause.title)

    def _label(self, pair: ClausePair, differing: Sequence[Difference]) -> Iterator[Block]:
        """Yield the label that stands before the title, where it differs."""
        if pair.first and pair.second and any(d.part == "label" for d in differing):
            name = Strong((Text(sentences.HEAD_LABELS["label"]),))
            words = self._merge(self._title(pair.first.label), self._title(pair.second.label))
            yield doc.Paragraph((name, Text(" "), *words))

    def _tellings(self, pair: ClausePair, parts: set[str]) -> Iterator[Block]:
        """Yield the tellings that differ, each under its tier; `parts` are keys of what differs.

        A clause that one policy lacks is shown whole once, without its shorter tellings.
        """
        one_sided = pair.first is None or pair.second is None
        told = {
            part.tier for clause in (pair.first, pair.second) if clause for part in clause.tellings
        }
        redline = Redline(self._differing_names)
        for key, tier in self._outline.tiers.items():
            is_whole = one_sided and key in told and tier.form == "clauses"
            if key in parts or is_whole:
                yield doc.Heading(4, (Text(tier.heading),), listed=False)
                first, second = self._blocks(pair.first, key), self._blocks(pair.second, key)
                yield from redline.blocks(first, second)

    def _blocks(self, clause: Clause | None, tier: str) -> Blocks:
        wording = clause.told(tier) if clause else None
        return self._prose.blocks(wording, self._outline.labels) if wording else ()

    def _slip(self, pair: ClausePair, differing: Sequence[Difference]) -> Iterator[Block]:
        """Yield what differs beside the words, and why."""
        for difference in differing:
            sentence = sentences.slip_sentence(difference, self._found)
            if sentence:
                yield doc.Paragraph((Text(sentence),), Role.REMARK)
        printed = {fact for fact, _ in (*_values(pair.first), *_values(pair.second))}
        why = reasons_text(differing, self._found, printed)
        if why:
            yield doc.Paragraph((Strong((Text("Why"),)), Text(f" {why}")), Role.REMARK)

    def _title(self, part: object) -> Inlines:
        return self._prose.inlines(part) if isinstance(part, Wording) else ()

    def _merge(self, first: Inlines, second: Inlines) -> Inlines:
        return merge_inlines(first, second, names=self._differing_names)

    @cached_property
    def _differing_names(self) -> frozenset[str]:
        """Return the facts that only name something else, such as the body: no change of words."""
        pairs = self._found.pairs
        before = (value for pair in pairs for value in _values(pair.first))
        after = (value for pair in pairs for value in _values(pair.second))
        return FactComparer(self._found.first, self._found.second).differing_names(before, after)


def _old_number(pair: ClausePair) -> str:
    """Return the first policy's number of a clause that both have, where it is another."""
    if pair.first is None or pair.second is None:
        return ""
    return pair.first.number if pair.first.number != pair.second.number else ""


def _clause_name(difference: Difference) -> str:
    clause = difference.second or difference.first
    if not isinstance(clause, Clause):
        return difference.clause
    return f"{clause.number} {clause.title.text}".strip()


def _values(clause: Clause | None) -> Iterator[tuple[str, str]]:
    """Yield every fact that a clause prints, with what is printed for it."""
    if clause:
        yield from clause.title.values
        for telling in clause.tellings:
            yield from telling.wording.values
