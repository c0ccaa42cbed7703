"""Cut: what one edition shows of a policy, and the blocks that every layout shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from policygen.markdown.prose import ProseCache
from policygen.model import document as doc
from policygen.model.document import Block, Blocks, Inlines, Text
from policygen.model.language import join_names
from policygen.model.outline.label import fill_label, fill_label_inlines
from policygen.model.outline.outline import Edition
from policygen.model.policy import Citation, Clause, MissingFact, Policy, Section, Telling
from policygen.model.wording import Wording
from policygen.present.elsewhere import edition_telling
from policygen.present.language import foreign
from policygen.present.language.unreviewed import marked, marked_title


@dataclass(frozen=True, slots=True)
class Numbering:
    """What one document counts, in the order of its numbers: ids of sources, paths of gaps.

    Another that is compared with it counts on from there, so that a number means one thing.
    """

    sources: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


NO_NUMBERING = Numbering()


class Cut:
    """One edition of one policy: the sections and clauses that it shows, in order.

    `numbering` is that of another document, which goes on here. `prose` holds the words that were
    parsed before. With an `audience`, it shows what these readers need: their own clauses and
    everyone's. With `every_source`, it cites those too that an approved policy does not print.
    `files` are those of the editions beside this one, without their endings, by their keys.
    """

    def __init__(
        self,
        policy: Policy,
        edition: Edition,
        numbering: Numbering = NO_NUMBERING,
        prose: ProseCache | None = None,
        audience: str = "",
        every_source: bool = False,
        files: Mapping[str, str] | None = None,
    ) -> None:
        self.policy = policy
        self.edition = edition
        self.audience = audience
        self.labels = policy.outline.labels
        self.prose = prose or ProseCache()
        self._numbering_before = numbering
        self._every_source = every_source
        self.files = files or {}

    @cached_property
    def title(self) -> str:
        """What the edition is called, and for whom it is cut: "Policy for managers"."""
        if not self.audience:
            return self.edition.title
        audience = self.policy.outline.audiences[self.audience]
        return fill_label(self.labels["edition_for"], edition=self.edition.title, audience=audience)

    @property
    def is_for_some(self) -> bool:
        """Whether it is for some readers, so that it tells them of no clause that it is theirs."""
        return bool(self.edition.audience or self.audience)

    @property
    def is_whole(self) -> bool:
        """Whether it tells the whole policy, at its depth, to everybody."""
        return self.edition.whole and not self.audience

    @property
    def is_of_handbook(self) -> bool:
        """Whether it tells what the policy's owner changes without the board."""
        return self.policy.outline.is_of_handbook(self.edition)

    @property
    def is_compact(self) -> bool:
        """Whether it is so short that it needs no cover, nor a contents list of every clause."""
        return self.policy.is_compact(self.edition)

    @cached_property
    def form(self) -> str:
        """How this edition's tellings stand on the page: rules, essentials or clauses."""
        return self.policy.outline.form(self.edition)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections of this edition, each with the clauses that its audience is shown.

        One that tells a clause about the document alone has none. A compact one leaves the chart to
        the poster: its questions only repeat the rules.
        """
        if self.edition.clause:
            return ()
        wanted = self.edition.sections
        chart = self.policy.outline.front.chart if self.is_compact else ""
        sections: list[Section] = []
        for section in self.policy.sections:
            if (not wanted or section.id in wanted) and section.id != chart:
                clauses = tuple(clause for clause in section.clauses if self._for_reader(clause))
                sections.append(replace(section, clauses=clauses))
        return tuple(sections)

    def told_clauses(self, section: Section) -> list[Clause]:
        """The clauses of a section that this edition tells."""
        return [clause for clause in section.clauses if clause.is_told_in(self.edition.tiers)]

    def tellings(self, clause: Clause) -> list[Telling]:
        """What this edition tells of a clause, in the order of its tiers."""
        every = ((tier, clause.told(tier)) for tier in self.edition.tiers)
        return [Telling(tier, wording) for tier, wording in every if wording]

    @cached_property
    def alone(self) -> Section | None:
        """The only section of an edition of whole clauses, if there is only one."""
        only = (
            len(self.edition.sections) == 1 and self.form == "clauses" and len(self.sections) == 1
        )
        return self.sections[0] if only else None

    def _for_reader(self, clause: Clause) -> bool:
        """A clause without an audience is for everyone; an edition without one shows all."""
        outline = self.policy.outline
        audiences = (self.edition.audience, self.audience)
        return all(outline.reaches(clause.audience, audience) for audience in audiences)

    @cached_property
    def shown(self) -> frozenset[str]:
        """The ids of the clauses that this edition tells, to which a link can lead."""
        clauses = [clause for section in self.sections for clause in self.told_clauses(section)]
        if self.edition.layout == "book":
            clauses += self.front_clauses()
        return frozenset(clause.id for clause in clauses)

    def front_clauses(self) -> tuple[Clause, ...]:
        """The clauses about the document that stand before its sections."""
        front = self.policy.outline.front
        placed = (front.title, front.control)
        every = self.policy.front.clauses
        shown = (clause for clause in every if self.front_tellings(clause))
        return tuple(c for c in shown if c.id not in placed and self._for_reader(c))

    def front_tellings(self, clause: Clause) -> list[Telling]:
        """What this edition tells of a clause about the document, or else what a full one does."""
        if told := self.tellings(clause):
            return told
        if self.edition.layout != "book":
            return []
        tiers = self.policy.outline.tiers
        return [telling for telling in clause.tellings if tiers[telling.tier].required]

    @cached_property
    def _left_out(self) -> dict[str, str]:
        """Clauses that are left out, and the address of the document that covers each, or ""."""
        return {
            one.id: (one.omission.see and one.omission.see.url) or ""
            for one in self.policy.left_out
        }

    @cached_property
    def _numbers(self) -> dict[str, str]:
        return {clause.id: clause.number for clause in self.policy.clauses()}

    @cached_property
    def _source_numbers(self) -> dict[str, int]:
        """Count the sources in the order in which clauses cite them, after those counted before."""
        cited: list[str] = []
        for section in self.sections:
            for clause in self.told_clauses(section):
                cited += [citation.source for citation in self.citations(clause)]
        in_order = dict.fromkeys((*self._numbering_before.sources, *cited))
        numbers = {id: number for number, id in enumerate(in_order, 1)}
        return {id: number for id, number in numbers.items() if id in cited}

    def citations(self, clause: Clause) -> list[Citation]:
        """The citations of a clause that this edition prints.

        One place may cite a source whole of which another cites a part: then the part is enough.
        """
        in_part = {one.source for one in clause.citations if one.locator}
        return [
            one
            for one in clause.citations
            if (one.locator or one.source not in in_part)
            and (self._every_source or one.source in self._printed_sources)
        ]

    @cached_property
    def _printed_sources(self) -> frozenset[str]:
        return self.policy.printed_sources

    def source_number(self, id: str) -> int:
        """The number of a source in this edition's list."""
        return self._source_numbers[id]

    def source_ids(self) -> tuple[str, ...]:
        """The sources that this edition cites, in the order of their numbers."""
        return tuple(self._source_numbers)

    @property
    def numbering(self) -> Numbering:
        """What this edition has numbered."""
        return Numbering(self.source_ids(), tuple(self.gaps))

    @cached_property
    def gaps(self) -> dict[str, doc.Gap]:
        """The marks of the facts that the policy lacks, by path: the same in every edition."""
        labels = {gap.fact: gap.label for gap in self.policy.gaps}
        in_order = dict.fromkeys((*self._numbering_before.gaps, *labels))
        numbers = {path: number for number, path in enumerate(in_order, 1) if path in labels}
        return {path: self._mark(path, labels[path], number) for path, number in numbers.items()}

    def _mark(self, path: str, label: str, number: int) -> doc.Gap:
        mark = fill_label(self.labels["gap_mark"], number=str(number))
        return doc.Gap(path, label, mark.replace(" ", "\u00a0"), f"gap-{number}")

    def missing_facts(self) -> list[MissingFact]:
        """The facts that the policy lacks, in the order of their numbers."""
        by_path = {gap.fact: gap for gap in self.policy.gaps}
        return [by_path[path] for path in self.gaps]

    def reference(self, id: str) -> Inlines:
        """A clause or a section by its number, or by its title where it has none."""
        clause = self.policy.clause(id)
        if clause:
            number = doc.Value(f"#{id}", clause.number)
            return (number,) if clause.number else self.inlines(clause.title)
        section = next((one for one in self.policy.sections if one.id == id), None)
        if section is None:
            return ()
        number = doc.Value(f"#{id}", section.number)
        return fill_label_inlines(self.labels["gap_section"], number=(number,))

    def listed(self, names: Sequence[str]) -> str:
        """Names joined as in a sentence: a, b and c."""
        return join_names(names, self.labels["and"])

    def clause_numbers(self, clauses: Sequence[Clause]) -> Inlines:
        """The numbers of clauses, joined as in a sentence."""
        return self.joined([(doc.Value(f"#{clause.id}", clause.number),) for clause in clauses])

    def joined(self, parts: Sequence[Inlines]) -> Inlines:
        """Parts of a line, joined as in a sentence: a, b and c."""
        inlines: list[doc.Inline] = []
        last = len(parts) - 1
        for index, part in enumerate(parts):
            if index:
                inlines.append(Text(f" {self.labels['and']} " if index == last else ", "))
            inlines += part
        return tuple(inlines)

    # --- blocks -----------------------------------------------------------------------------------

    def inlines(self, wording: Wording) -> Inlines:
        """A title or a line, tagged where its words are in another language than the document's."""
        inlines = self.prose.inlines(wording, self.gaps)
        if wording.language == self.policy.language:
            return inlines
        return foreign.tag_line(inlines, wording.language)

    def name(self, named: Clause | Section) -> Inlines:
        """The label of a clause or section before its title, where it has one."""
        title = self.inlines(named.title)
        if not named.label or named.label.text == named.title.text:
            return title
        return (*self.inlines(named.label), Text(": "), *title)

    def short_name(self, named: Clause | Section) -> Inlines:
        """The label alone, where room is short; the title of what has none."""
        return self.inlines(named.label or named.title)

    def heading(self, named: Clause | Section) -> Inlines:
        """What stands over a clause or a section: in a compact edition, the label alone."""
        return self.short_name(named) if self.is_compact else self.name(named)

    def listed_name(self, named: Clause | Section) -> Inlines:
        """What a contents list calls a clause or a section, if less than what stands over it."""
        return () if (short := self.short_name(named)) == self.heading(named) else short

    def blocks(self, clause: Clause, wording: Wording) -> Blocks:
        """The blocks of a telling, with the number of a clause after each link to it."""
        blocks = self.prose.blocks(wording, self.labels, self.gaps)
        if wording.language != self.policy.language:
            blocks = foreign.tag_blocks(blocks, wording.language)
        blocks = marked(blocks, wording, self.labels, is_short=self.form != "clauses")
        found: Blocks = self._numbered(blocks) if "](#" in wording.text else blocks
        return found

    def ask(self) -> Iterator[Block]:
        """Yield whom to ask and one line of document control, at the shortest tier told."""
        clause = self.policy.clause(self.policy.outline.front.ask)
        wording = self._nearest(clause) if clause else None
        if clause and wording and self._for_reader(clause):
            heading = doc.Heading(2, marked_title(self.inlines(clause.title), wording), clause.id)
            tables = tuple(
                self._columns(block)
                if isinstance(block, doc.Table) and self.form != "clauses"
                else block
                for block in self.blocks(clause, wording)
            )
            yield doc.Group(clause.id, (heading, *tables, *self._strip()), "ask")
        else:
            yield from self._strip()

    def _strip(self) -> Iterator[Block]:
        clause = self.policy.clause(self.policy.outline.front.control)
        wording = self._nearest(clause) if clause else None
        if clause and wording:
            for block in self.blocks(clause, wording):
                yield replace(block, strip=True) if isinstance(block, doc.Table) else block

    def _nearest(self, clause: Clause) -> Wording | None:
        """This edition's telling; the short forms fall back on the shortest that there is."""
        tiers = [*self.edition.tiers, *self.policy.outline.tiers]
        if self.edition.layout != "book":
            tiers = list(self.policy.outline.tiers)
        return next((w for tier in tiers if (w := clause.told(tier))), None)

    @staticmethod
    def _columns(table: doc.Table) -> Block:
        """A table of one question a column reads better as short columns than as a grid."""
        heads = table.head.cells if table.head else ()
        columns: list[doc.Column] = []
        for number, head in enumerate(heads):
            lines = [part for row in table.rows for part in (doc.Break(), *row.cells[number])]
            columns.append(doc.Column((doc.Paragraph((doc.Strong(head), *lines)),)))
        return doc.Columns(tuple(columns))

    def _numbered(self, node: Any) -> Any:
        """Go through blocks and inlines.

        A link to a clause says its number, and where it cannot lead, that alone.
        """
        match node:
            case tuple():
                return tuple(n for item in node for n in self._spread(item))
            case doc.Paragraph():
                return replace(node, inlines=self._numbered(node.inlines))
            case doc.List():
                return replace(
                    node,
                    items=tuple(replace(i, blocks=self._numbered(i.blocks)) for i in node.items),
                )
            case doc.Table():
                return replace(
                    node,
                    rows=tuple(
                        replace(r, cells=tuple(self._numbered(c) for c in r.cells))
                        for r in node.rows
                    ),
                )
            case doc.Aside():
                return replace(node, blocks=self._numbered(node.blocks))
            case doc.DoDont():
                return doc.DoDont(self._numbered(node.do), self._numbered(node.dont))
            case doc.Strong() | doc.Emphasis() | doc.Foreign():
                return replace(node, children=self._numbered(node.children))
        return node

    def _spread(self, node: Any) -> Inlines | Blocks:
        if not (isinstance(node, doc.Link) and node.href.startswith("#")):
            return (self._numbered(node),)
        id = node.href[1:]
        if id in self._left_out:
            see = self._left_out[id]
            return (replace(node, href=see),) if see else node.children
        number = self._numbers.get(id, "")
        if id in self.shown:
            if not number:
                return (node,)
            cited = f" ({self.labels['clause']})"
            return (node, *fill_label_inlines(cited, number=(doc.Value(node.href, number),)))
        return (*node.children, *self._elsewhere(id, number)) if number else node.children

    def _elsewhere(self, id: str, number: str) -> Inlines:
        """Return which edition tells a clause that this one does not, with the clause's number.

        It leads there where that edition's file stands beside this one.
        """
        key, edition = edition_telling(self.policy, self.edition, id)
        named = edition.title.lower()
        words = fill_label(self.labels["clause_elsewhere"], number=number, edition=named)
        return (Text(" ("), *self.leading(key, f"#{id}", words), Text(")"))

    def leading(self, edition: str, href: str, words: str) -> Inlines:
        """Words that lead into another edition, where its file stands beside this one."""
        file = self.files.get(edition)
        return (doc.Link(href, (Text(words),), file),) if file else (Text(words),)
