"""BoardFindings -> Document: one or two sides for those who approve a policy.

It is in English, as the commands are; what it quotes is in the policy's language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policygen.model import document as doc
from policygen.model.comparison.board import BoardFindings, PostureOption
from policygen.model.document import Block, Inlines, Text
from policygen.model.language import capitalise, subtag
from policygen.model.policy import Clause
from policygen.present.back_matter import clauses_that_promise
from policygen.present.cut import Cut
from policygen.present.front_matter import document_title, make_brand, make_meta, make_running
from policygen.report.board import sentences
from policygen.report.board.asked import asked_people
from policygen.report.layout import CellContent, report_table, titled_group

_LANGUAGE = "en-GB"
_EDITION = "Board paper"
_PAGES = 2
_PROMISED = ("What", "How soon or how often", "Who keeps it", "Clause")
_FEW = 8  # clauses, whose numbers are given
_SECTIONS = 3  # of many clauses, whose names are


def board_paper(found: BoardFindings) -> doc.Document:
    """Lay out the paper: what is asked, why, the options, and all that a board should know."""
    paper = _Paper(found)
    policy = found.policy
    title = f"{paper.title}: board paper"
    meta = make_meta(paper.cut)
    running = make_running(paper.cut)
    return doc.Document(
        meta=replace(meta, title=f"{title}. {policy.profile.name}", language=_LANGUAGE),
        layout="brief",
        masthead=doc.Masthead(
            organisation=policy.profile.name,
            local_names=tuple(policy.profile.local_names.items()),
            title=title,
            lead=sentences.asked(found),
            edition=_EDITION,
            status=doc.Tag("For decision", solid=False),
        ),
        running=replace(running, part=title, page="Page {page} of {pages}"),
        body=tuple(paper.parts()),
        brand=make_brand(policy),
        in_force=policy.profile.policy.status == "approved",
        pages=_PAGES,
        close=True,
    )


class _Paper:
    """The parts of one paper."""

    def __init__(self, found: BoardFindings) -> None:
        policy = found.policy
        self.found = found
        self.policy = policy
        # Nothing here lists the gaps of a draft, so no mark may lead to one.
        edition = replace(policy.outline.editions[policy.outline.signed], layout="brief")
        self.cut = Cut(replace(policy, gaps=()), edition)
        self.promising = clauses_that_promise(self.cut)
        self.title = document_title(self.cut)

    def parts(self) -> Iterator[Block]:
        """Yield every part that has something to say, in the order in which a board reads."""
        decisions = sentences.decisions(self.found, len(self.promising))
        yield _listed("decision", "What you are asked to decide", decisions)
        yield from self._why()
        yield self._options()
        yield from self._changes()
        yield from self._limits()
        yield from self._promises()
        yield _listed("people", "What it does to people", sentences.assessments(self.policy))
        yield _listed("asked", "Who was asked", asked_people(self.found))
        yield self._sources()
        yield _listed("recommendation", "Recommendation", sentences.recommendation(self.found))

    def _why(self) -> Iterator[Block]:
        clause = self.policy.clause(self.policy.outline.front.purpose)
        if clause:
            yield self._quoted("why", "Why", *self._rule(clause))

    def _options(self) -> Block:
        rows: list[tuple[CellContent, ...]] = [
            (option.title, option.says, self._otherwise(option)) for option in self.found.options
        ]
        rows.append(sentences.NO_POLICY)
        head = ("Option", "What it means", "Beside the policy before you")
        return titled_group("options", "Options", report_table(head, rows, shares=(3, 8, 8)))

    def _otherwise(self, option: PostureOption) -> Inlines:
        if option.is_chosen:
            return (doc.Strong((Text("This is the policy before you."),)),)
        if option.fault:
            return (Text(f"Not possible with this profile: {option.fault}"),)
        count = len(option.changed)
        is_few = count <= _FEW
        which = self.cut.clause_numbers if is_few else self._sections
        return sentences.reading_otherwise(which(option.changed), count, option.added)

    def _sections(self, clauses: Sequence[Clause]) -> Inlines:
        """Return the sections that most of many clauses stand in, as in a sentence."""
        counts = Counter(clause.id.partition(".")[0] for clause in clauses)
        most = {id for id, _ in counts.most_common(_SECTIONS)}
        names = [self.cut.short_name(one) for one in self.policy.sections if one.id in most]
        return (Text("most of them in "), *self.cut.joined(names))

    def _changes(self) -> Iterator[Block]:
        if self.found.approved:
            since = f"What changed since version {self.found.approved}"
            yield titled_group("changes", since, doc.Paragraph(self._changed()))

    def _changed(self) -> Inlines:
        names: list[doc.Inline] = []
        for clause in self.found.changed:
            named = (*self.cut.clause_numbers([clause]), Text(" "), *self.cut.short_name(clause))
            names += (Text("; "), *named) if names else named
        return sentences.changed(tuple(names), self.found.gone)

    def _limits(self) -> Iterator[Block]:
        clauses = [self.policy.clause(id) for id in self.policy.outline.front.limits]
        blocks = [block for clause in clauses if clause for block in self._rule(clause)]
        if blocks:
            yield self._quoted("limits", "What can cost somebody their job", *blocks)

    def _quoted(self, anchor: str, title: str, *blocks: Block) -> Block:
        """Return a part in the words of the policy, which may be in another language."""
        language = self.policy.language
        is_foreign = subtag(language) != subtag(_LANGUAGE)
        return replace(
            titled_group(anchor, title, *blocks), language=language if is_foreign else ""
        )

    def _promises(self) -> Iterator[Block]:
        """Yield each time limit and recurring duty with its clauses, in the policy's order."""
        promised = {one.name: one for one in self.policy.commitments}
        rows = [
            (
                promised[name].says,
                capitalise(promised[name].text),
                capitalise(promised[name].who),
                self.cut.clause_numbers(clauses),
            )
            for name, clauses in self.promising.items()
        ]
        if rows:
            table = report_table(_PROMISED, rows, shares=(12, 5, 7, 4))
            yield titled_group("promises", "What it commits us to", table)

    def _rule(self, clause: Clause) -> Iterator[Block]:
        """Yield what the signed policy prints of a clause, in the policy's language."""
        for telling in self.cut.tellings(clause):
            yield from self.cut.blocks(clause, telling.wording)

    def _sources(self) -> Block:
        policy = self.policy
        waiting = [source for source in policy.sources if not policy.is_confirmed(source)]
        if not waiting:
            return _listed("sources", "Sources", [sentences.all_confirmed(len(policy.sources))])
        rows = [
            (source.title, self.cut.clause_numbers(policy.citing(source.id))) for source in waiting
        ]
        table = report_table(("Source that nobody has confirmed", "Clauses that rely on it"), rows)
        return titled_group("sources", "Sources", table)


def _listed(anchor: str, title: str, lines: list[str]) -> Block:
    """Return a part of one line, or of several as a list."""
    if len(lines) == 1:
        return titled_group(anchor, title, doc.Paragraph((Text(lines[0]),)))
    items = tuple(doc.ListItem((doc.Paragraph((Text(line),)),)) for line in lines)
    return titled_group(anchor, title, doc.List(items))
