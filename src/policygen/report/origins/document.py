"""Policy -> Document: the provenance sheet, for the lawyer, the union and the auditor.

Who decided each clause, on what authority, and is it up to date? What the organisation itself did
stands first, what needs a look next, what the code of conduct leaves uncovered, and then every
clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from policygen.markdown import prose
from policygen.model import document as doc
from policygen.model.document import Block, Inlines, Text
from policygen.model.document.walk import plain
from policygen.model.language import format_day
from policygen.model.outline.outline import Edition
from policygen.model.policy import Policy, Section, Source
from policygen.model.provenance import ClauseTrace, LayerShare, Provenance
from policygen.present.back_matter import confirmation_text, source_list
from policygen.present.cut import Cut
from policygen.present.front_matter import make_brand, make_masthead, make_meta, make_running
from policygen.report.origins.code import uncovered
from policygen.report.origins.rows import SheetCells
from policygen.report.origins.trace import narrow_provenance, trace

_PRINT = 12  # characters of a fingerprint that tell it from another


def provenance_sheet(policy: Policy, name: str = "") -> doc.Document:
    """Lay out the provenance sheet; with `name`, a clause's or a section's id, of that alone.

    A single clause is followed by its words. Where nothing has that id, the sheet has no body.
    """
    whole = trace(policy)
    sheet = _Sheet(policy, narrow_provenance(whole, name) if name else whole)
    title = sheet.rows.say("title")
    lead = sheet.lead() if not name else ""
    return doc.Document(
        meta=replace(
            make_meta(sheet.cut), description=f"{title}. {policy.profile.name}. {lead}".strip()
        ),
        layout=sheet.cut.edition.layout,
        masthead=replace(make_masthead(sheet.cut), title=title, lead=lead),
        running=make_running(sheet.cut),
        body=tuple(sheet.excerpt(name) if name else sheet.whole()),
        brand=make_brand(policy),
        in_force=policy.profile.policy.status == "approved",
    )


def _edition(policy: Policy) -> Edition:
    """The sheet speaks of the policy at the depth at which every clause is told."""
    outline = policy.outline
    return replace(outline.full, title=outline.labels["origins_edition"], layout="brief")


class _Sheet:
    """The parts of one sheet."""

    def __init__(self, policy: Policy, traced: Provenance) -> None:
        self.policy = policy
        self.traced = traced
        # The sheet has no list of gaps for a mark to lead to: each is named where it stands.
        self.cut = Cut(replace(policy, gaps=()), _edition(policy), every_source=True)
        self.rows = SheetCells(self.cut)

    def lead(self) -> str:
        found = self.traced.summary
        return self.rows.say(
            "lead",
            organisation=self.traced.organisation,
            clauses=found.clauses,
            model=found.as_the_model,
            added=found.added,
            changed=found.changed,
            review=found.review,
            stale=found.changed_beneath,
            unverified=found.unverified,
        )

    def whole(self) -> Iterator[Block]:
        yield doc.Paragraph((Text(self.rows.say("model")),))
        yield self._own()
        yield self._part("state", self._state())
        yield self._part("code", *uncovered(self.policy, self.traced, self.rows))
        yield self._removed()
        yield from self._left_out()
        yield self._part("layers", self._layers())
        yield self._facts()
        yield self._part("every", self._said("every_hint", doc.Role.HINT), *self._every(level=3))
        yield from source_list(self.cut)

    def excerpt(self, name: str) -> Iterator[Block]:
        """What is asked for, and the words of a single clause at each depth."""
        yield from self._every(level=2)
        if self.traced.removed:
            yield self._removed()
        yield from self._left_out()
        if clause := self.policy.clause(name):
            for telling in clause.tellings:
                title = self.policy.outline.tiers[telling.tier].heading
                heading = doc.Heading(2, (Text(title),), f"origins-{telling.tier}")
                language = telling.wording.language
                blocks = (heading, *self.cut.blocks(clause, telling.wording))
                yield doc.Group(
                    heading.anchor, blocks, "", language if language != self.policy.language else ""
                )

    # --- parts ------------------------------------------------------------------------------------

    def _part(self, key: str, *blocks: Block, **values: str) -> doc.Group:
        heading = doc.Heading(2, (Text(self.rows.say(key, **values)),), f"origins-{key}")
        return doc.Group(
            heading.anchor, (heading, *blocks), "every" if key == "every" else "origins"
        )

    def _said(self, key: str, role: doc.Role = doc.Role.BODY) -> doc.Paragraph:
        return doc.Paragraph((Text(self.rows.say(key)),), role)

    def _table(self, heads: dict[str, int], rows: Iterable[tuple[Inlines, ...]]) -> doc.Table:
        """`heads` are the columns, each with its share of the width."""
        head = doc.Row(tuple((Text(self.rows.say(key)),) for key in heads))
        return doc.Table(
            head, tuple(doc.Row(cells) for cells in rows), wide=True, shares=tuple(heads.values())
        )

    def _own(self) -> doc.Group:
        """What the organisation did and why: the first thing that a lawyer reads."""
        rows = self.rows
        every = (*self.traced.clauses, *self.traced.removed)
        own = [(rows.title(c), rows.did(step), rows.why(step)) for c in every if (step := c.own)]
        table = self._table({"clause": 29, "did": 39, "why": 32}, own)
        return self._part(
            "own", table if own else self._said("own_none"), organisation=self.traced.organisation
        )

    def _state(self) -> doc.Table:
        """Return whether it is up to date. A row says `none` where there is nothing to look at."""
        cells = self.rows
        entries = {
            "review_by": self._review_by(),
            "state_review": cells.named(self._flagged("review")),
            "state_stale": cells.named(self._flagged("stale")),
            "state_unstamped": cells.named(self._flagged("unstamped")),
            "state_unverified": self._unconfirmed(),
            **self._confirmed(),
            "state_superseded": self._titles_of(
                s for s in self.policy.sources if s.status == "superseded"
            ),
            "state_checked": self._checked_days(),
            "state_made_from": cells.say(
                "fingerprints",
                profile=self.traced.profile_digest[:_PRINT],
                library=self.traced.library_digest[:_PRINT],
            ),
        }
        name = self.traced.organisation
        heads = {key: cells.say(key, organisation=name) for key in entries}
        lines = [((Text(heads[key]),), (Text(text),)) for key, text in entries.items()]
        return self._table({"state_what": 34, "state_found": 66}, lines)

    def _flagged(self, flag: str) -> list[ClauseTrace]:
        """Return the clauses in which somebody should look at something."""
        every = (*self.traced.clauses, *self.traced.removed)
        return [c for c in every if any(flag in self.rows.flags(step) for step in c.steps)]

    def _unconfirmed(self) -> str:
        """Return the sources that nobody has confirmed, each with the clauses that rely on it."""
        found: list[str] = []
        for source in self.policy.sources:
            if not self.policy.is_confirmed(source):
                clauses = [clause.number or clause.id for clause in self.policy.citing(source.id)]
                found.append(f"{source.title} ({', '.join(clauses)})")
        return "; ".join(found) or self.rows.say("none")

    def _confirmed(self) -> dict[str, str]:
        """Return a row of the sources that the body has confirmed, if any: who did, and when."""
        found: list[str] = []
        for source in self.policy.sources:
            if confirmation := self.policy.confirmation(source):
                text = confirmation_text(self.cut, confirmation.by, confirmation.on)
                found.append(f"{source.title}. {text.removesuffix('.')}")
        return {"state_confirmed": "; ".join(found)} if found else {}

    def _titles_of(self, sources: Iterable[Source]) -> str:
        return "; ".join(source.title for source in sources) or self.rows.say("none")

    def _review_by(self) -> str:
        day = self.policy.profile.policy.review_by
        return format_day(day, self.policy.language) if day else self.rows.say("none")

    def _checked_days(self) -> str:
        """Return the day on which the sources were checked, or the first and the last."""
        checked = sorted({source.checked_on for source in self.policy.sources if source.checked_on})
        days = [format_day(day, self.policy.language) for day in checked]
        if len(days) > 1:
            return self.rows.say("range", first=days[0], last=days[-1])
        return days[0] if days else self.rows.say("none")

    def _removed(self) -> doc.Group:
        rows = self.rows
        made = [(rows.title(c), rows.steps(c)) for c in self.traced.removed]
        table = self._table({"clause": 34, "steps": 66}, made)
        return self._part("removed", table if made else self._said("removed_none"))

    def _left_out(self) -> Iterator[doc.Group]:
        """Yield what the body decided to leave out, and then what lies beyond its extent."""
        decided: list[ClauseTrace] = []
        beyond: list[ClauseTrace] = []
        for clause in self.traced.left_out:
            by_extent = clause.omission is not None and clause.omission.extent
            (beyond if by_extent else decided).append(clause)
        for key, clauses in (("left_out", decided), ("beyond_extent", beyond)):
            if clauses:
                rows = [(self.rows.title(one), self.rows.steps(one)) for one in clauses]
                yield self._part(key, self._table({"clause": 34, "steps": 66}, rows))

    def _layers(self) -> doc.Table:
        """Return what each layer did, lowest first."""
        shares = {"layer": 44, "adds": 14, "replaces": 14, "extends": 14, "removes": 14}
        return self._table(shares, [self._layer(layer) for layer in self.traced.layers])

    def _layer(self, layer: LayerShare) -> tuple[Inlines, ...]:
        title = self.rows.source_words(layer.title)
        name = doc.Quiet((Text(layer.name),))
        counts = (layer.add, layer.replace, layer.extend, layer.remove)
        head = (title, *self._only_in(layer), doc.Break(), name)
        return (head, *((Text(str(count)),) for count in counts))

    def _only_in(self, layer: LayerShare) -> Inlines:
        """Return the sections of which a layer has the words, if not of all."""
        titles = [
            plain(prose.parse_inlines(section.title))
            for section in self.policy.sections
            if section.id in layer.sections
        ]
        if not titles:
            return ()
        return (Text(f" ({self.rows.say('only_in', sections=self.cut.listed(titles))})"),)

    def _facts(self) -> doc.Group:
        """Return the facts that chose between wordings, and where.

        Another value would give other words.
        """
        values: dict[str, list[str]] = {}
        clauses: dict[str, list[ClauseTrace]] = {}
        for clause in self.traced.clauses:
            for fact, texts in self.rows.facts(clause).items():
                known = values.setdefault(fact, [])
                known += [text for text in texts if text not in known]
                clauses.setdefault(fact, []).append(clause)
        if not values:
            return self._part("facts", self._said("none"))
        lines = [
            (
                (Text(fact),),
                (Text(self.rows.value(values[fact])),),
                (Text(self.rows.numbers(clauses[fact])),),
            )
            for fact in sorted(values)
        ]
        table = self._table({"fact": 40, "value": 34, "clauses": 26}, lines)
        return self._part("facts", self._said("facts_hint", doc.Role.HINT), table)

    def _every(self, level: int) -> Iterator[Block]:
        """Yield a table for each section, in the order of the full story."""
        for section in (self.policy.front, *self.policy.sections):
            clauses = [clause for clause in self.traced.clauses if clause.section == section.id]
            if not clauses:
                continue
            blocks = tuple(self._section(section, clauses, level))
            if level > 2:
                yield from blocks
            else:
                yield doc.Group(f"section-{section.id}", blocks, "every")

    def _section(
        self, section: Section, clauses: Iterable[ClauseTrace], level: int
    ) -> Iterator[Block]:
        cells = self.rows
        anchor = f"section-{section.id}"
        yield doc.Heading(level, prose.parse_inlines(section.title), anchor, section.number)
        heads = [head for head in self.traced.heads if head.section == section.id]
        if heads:
            yield doc.Paragraph(cells.heads(heads), doc.Role.REMARK)
        head = doc.Row(tuple((Text(cells.say(key)),) for key in ("clause", "steps", "sources")))
        yield doc.Table(head, tuple(map(self._clause, clauses)), wide=True, shares=(29, 51, 20))

    def _clause(self, clause: ClauseTrace) -> doc.Row:
        cells = self.rows
        columns = (cells.title(clause), cells.steps(clause), cells.grounds(clause))
        return doc.Row(columns, clause=clause.id)
