"""What stands at the end of a document: promises, sources, releases, where the newest one is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from policygen.model import document as doc
from policygen.model.document import Block, Inlines, Text
from policygen.model.document.walk import plain
from policygen.model.language import capitalise, format_day, localise
from policygen.model.outline.label import fill_label, fill_label_inlines
from policygen.model.policy import Clause, Source
from policygen.model.release.history import HandbookIssue, HistoryEntry
from policygen.model.text import Words
from policygen.model.wording import printed_facts
from policygen.present.cut import Cut
from policygen.present.front_matter import running_title

_MARKED = ("unverified", "superseded")  # states that a source bears in place of its day
_MANY = 4  # sources, of which one line says when they were checked


def source_list(cut: Cut) -> Iterator[Block]:
    """Yield the sources that this edition cites, with the clauses that cite each."""
    by_id = {source.id: source for source in cut.policy.sources}
    cited = {str(cut.source_number(id)): by_id[id] for id in cut.source_ids()}
    days = _days_checked(cut, cited.values())
    items = tuple(
        doc.ListItem(
            (doc.Paragraph(_source(cut, source, dated=not days)),),
            f"source-{number}",
            number=number,
        )
        for number, source in cited.items()
    )
    if items:
        heading = doc.Heading(2, (Text(cut.labels["sources_title"]),), "sources")
        closing = (doc.Paragraph((Text(days),), doc.Role.HINT),) if days else ()
        yield _group(cut, heading, doc.List(items, ordered=True), *closing)


def _days_checked(cut: Cut, sources: Iterable[Source]) -> str:
    """Return one line for when many sources were checked; "" for a few, which say it themselves."""
    days = [
        source.checked_on
        for source in sources
        if source.checked_on
        and source.status not in _MARKED
        and not cut.policy.confirmation(source)
    ]
    if len(days) < _MANY:
        return ""
    first, last = (format_day(day, cut.policy.language) for day in (min(days), max(days)))
    if first == last:
        return fill_label(cut.labels["source_checked"], date=first)
    return fill_label(cut.labels["sources_checked"], first=first, last=last)


def _source(cut: Cut, source: Source, *, dated: bool) -> Inlines:
    """Return a line: the title, the publisher, who cites it, its state and, if `dated`, the day."""
    link = doc.Link(source.url, (Text(_titled_with_year(source)),))
    publisher = f"{source.publisher}. " if source.publisher else ""
    clauses = cut.clause_numbers(_citing(cut, source))
    cited = fill_label_inlines(cut.labels["source_cited"], clauses=clauses)
    return (link, Text(f". {publisher}"), *cited, *_source_state(cut, source, dated=dated))


def _titled_with_year(source: Source) -> str:
    if source.year and str(source.year) not in source.title:
        return f"{source.title}, {source.year}"
    return source.title


def _citing(cut: Cut, source: Source) -> list[Clause]:
    """Return the clauses that this edition shows and that cite a source."""
    clauses = [clause for section in cut.sections for clause in section.clauses]
    return [c for c in clauses if source.id in {citation.source for citation in c.citations}]


def _source_state(cut: Cut, source: Source, *, dated: bool) -> Inlines:
    """Return a mark on a source that is unverified or superseded, or else when it was checked."""
    if confirmation := cut.policy.confirmation(source):
        return (Text(f" {confirmation_text(cut, confirmation.by, confirmation.on)}"),)
    if source.status in _MARKED:
        return (Text(" "), doc.Tag(cut.labels[f"source_{source.status}"], solid=False))
    if source.checked_on and dated:
        date = format_day(source.checked_on, cut.policy.language)
        return (Text(" " + fill_label(cut.labels["source_checked"], date=date)),)
    return ()


def confirmation_text(cut: Cut, by: Words, on: date) -> str:
    """Return who in the body confirmed a source, and when."""
    language = cut.policy.language
    who, day = localise(by, language), format_day(on, language)
    return fill_label(cut.labels["source_confirmed"], who=who, date=day)


def commitment_list(cut: Cut) -> Iterator[Block]:
    """Yield what the rules of this edition promise: how soon or how often, who keeps it, where."""
    promised = {one.name: one for one in cut.policy.commitments if one.text}
    clauses = clauses_that_promise(cut)
    if not clauses:
        return
    columns = ("what", "amount", "who", "clauses")
    head = doc.Row(tuple((Text(cut.labels[f"commitments_{column}"]),) for column in columns))
    rows = tuple(
        doc.Row(
            (
                (Text(promised[name].says),),
                (Text(capitalise(promised[name].text)),),
                (Text(capitalise(promised[name].who)),),
                cut.clause_numbers(promising),
            )
        )
        for name, promising in clauses.items()
    )
    heading = doc.Heading(2, (Text(cut.labels["commitments_title"]),), "commitments")
    lead = doc.Paragraph((Text(cut.labels["commitments_lead"]),))
    table = doc.Table(head, rows, shares=(12, 5, 7, 4), wide=True)
    yield _group(cut, heading, lead, table)


def clauses_that_promise(cut: Cut) -> dict[str, list[Clause]]:
    """Return the clauses that print each commitment, by its name, in the order of the policy."""
    promised = [one.name for one in cut.policy.commitments if one.text]
    found: dict[str, list[Clause]] = {}
    for section in cut.sections:
        for clause in cut.told_clauses(section):
            wordings = [telling.wording for telling in cut.tellings(clause)]
            facts = {one.fact for wording in wordings for one in printed_facts(wording.pieces)}
            for name in promised:
                if f"commitments.{name}" in facts:
                    found.setdefault(name, []).append(clause)
    return found


def release_history(cut: Cut) -> Iterator[Block]:
    """Yield every release, the newest first: date, approval and summary.

    An edition of the handbook tells its issues too, each above the version whose handbook it is.
    """
    labels = cut.labels
    if not cut.policy.history:
        return
    columns = ("version", "issued", "approved", "summary")
    head = doc.Row(tuple((Text(labels[f"history_{column}"]),) for column in columns))
    rows = tuple(
        row for entry in reversed(cut.policy.history) for row in _rows_of_version(cut, entry)
    )
    heading = doc.Heading(2, (Text(labels["history_title"]),), "history")
    yield _group(cut, heading, doc.Table(head, rows))


def _rows_of_version(cut: Cut, entry: HistoryEntry) -> Iterator[doc.Row]:
    if cut.is_of_handbook:
        for issue in reversed(cut.policy.handbook_issues):
            if issue.version == entry.version:
                yield _issue_row(cut, issue)
    yield _release_row(cut, entry)


def _issue_row(cut: Cut, issue: HandbookIssue) -> doc.Row:
    language = cut.policy.language
    label = cut.labels["history_handbook"]
    name = fill_label(label, version=issue.version, issue=str(issue.issue))
    day = format_day(issue.issued, language)
    changed_by = localise(issue.changed_by, language)
    who = fill_label(cut.labels["history_changed_by"], who=changed_by)
    return doc.Row(((Text(name),), (Text(day),), (Text(who),), (Text(issue.summary),)))


def _release_row(cut: Cut, entry: HistoryEntry) -> doc.Row:
    issued = format_day(entry.issued, cut.policy.language)
    return doc.Row(
        ((Text(entry.version),), (Text(issued),), _approved(cut, entry), (Text(entry.summary),))
    )


def _approved(cut: Cut, entry: HistoryEntry) -> Inlines:
    """Return who approved a release, and where and when; a consultation says that it was one."""
    if entry.status == "approved":
        facts = [words for words in (entry.approver, entry.approved_at) if words]
        lines = [localise(words, cut.policy.language) for words in facts]
    else:
        lines = [cut.labels[f"status_{entry.status}"]]
    inlines: list[doc.Inline] = []
    for line in lines:
        inlines += [doc.Break(), Text(capitalise(line))]
    return tuple(inlines[1:])


def _group(cut: Cut, heading: doc.Heading, *blocks: Block) -> doc.Group:
    """Return blocks under a heading; its anchor is also the part that they play for a theme."""
    title = plain(heading.inlines)
    anchor = heading.anchor
    return doc.Group(anchor, (heading, *blocks), anchor, running=running_title(cut, title))


# --- Where the newest version stands --------------------------------------------------------------


def current_line(cut: Cut) -> Iterator[Block]:
    """Yield where to look whether this copy is the newest; nothing where the profile says none."""
    address = cut.policy.profile.policy.published_at
    if address:
        link = doc.Link(address, (Text(address),))
        line = fill_label_inlines(cut.labels["current_at"], address=(link,))
        yield doc.Group(doc.CURRENT_LINE, (doc.Paragraph(line, doc.Role.REMARK),), doc.CURRENT_LINE)


def with_scan_code(cut: Cut, blocks: Iterator[Block]) -> Iterator[Block]:
    """Yield the blocks of whom to ask, with a code beside the last of them.

    Without columns it stands below them; an address that is too long has none.
    """
    code = _scan_code(cut)
    for block in blocks:
        match block:
            case doc.Group(blocks=inner) if code:
                yield replace(block, blocks=tuple(_beside(inner, code)))
                code = None
            case _:
                yield block
    if code:
        yield code


def _beside(blocks: doc.Blocks, code: doc.ScanCode) -> Iterator[Block]:
    has_columns = False
    for block in blocks:
        if isinstance(block, doc.Columns) and not has_columns:
            has_columns = True
            yield doc.Columns((*block.columns, doc.Column((code,))))
        else:
            yield block
    if not has_columns:
        yield code


def _scan_code(cut: Cut) -> doc.ScanCode | None:
    address = cut.policy.profile.policy.published_at
    if not address or not doc.ScanCode.is_neat(address):
        return None
    return doc.ScanCode(address, fill_label(cut.labels["scan_code"], address=address))
