"""What a version changed in the rules, near the front of what a board signs."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model import document as doc
from policygen.model.document import Block, Inlines, Text
from policygen.model.language import subtag
from policygen.model.outline.label import fill_label
from policygen.model.policy import Clause, Section
from policygen.model.release.history import ChangedClause, HistoryEntry, RuleChange
from policygen.present.cut import Cut


def what_changed(cut: Cut) -> Iterator[Block]:
    """Yield the changes of the version that is printed, as its release keeps them.

    A draft has none: it is no version yet.
    """
    entry = _printed_release(cut)
    if not entry or not entry.since:
        return
    words = fill_label(cut.labels["changes_title"], version=entry.since)
    yield doc.Heading(2, (Text(words),), "changes", listed=False)
    if not entry.changes:
        yield doc.Paragraph((Text(cut.labels["changes_none"]),))
        return
    yield doc.List(
        tuple(doc.ListItem((doc.Paragraph(_line(cut, change)),)) for change in entry.changes)
    )


def _printed_release(cut: Cut) -> HistoryEntry | None:
    """Return the newest release, if it is the version that this document prints."""
    control, history = cut.policy.profile.policy, cut.policy.history
    is_released = history and control.status == history[-1].status
    return history[-1] if is_released and control.version == history[-1].version else None


def _line(cut: Cut, change: RuleChange) -> Inlines:
    """Return `New: Records 3.4; Deepfakes 7.2`, or a value after and before and its clauses."""
    lead = cut.labels[f"changes_{change.kind}"]
    if change.after:
        lead = fill_label(cut.labels["changes_value"], after=change.after, before=change.before)
    inlines: list[doc.Inline] = [doc.Strong((Text(lead),)), Text(" ")]
    for number, clause in enumerate(change.clauses):
        if number:
            inlines.append(Text("; "))
        inlines.append(_named(cut, clause))
    return tuple(inlines)


def _named(cut: Cut, changed: ChangedClause) -> doc.Inline:
    """Return a clause by the name that this policy prints, and a link to where it stands.

    One that went has the name and number that it had, in the language in which it was released.
    """
    for section in cut.sections:
        parts: tuple[Section | Clause, ...] = (section, *section.clauses)
        for one in parts:
            if one.id == changed.id:
                # The questions of the chart are drawn together, and stand nowhere alone.
                is_drawn = section.id == cut.policy.outline.front.chart
                anchor = section.id if is_drawn else one.id
                return doc.Link(f"#{anchor}", _numbered(cut.short_name(one), one.number))
    words = Text(f"{changed.name}\u00a0{changed.number}".rstrip())
    first = (*cut.policy.profile.languages, cut.policy.language)[0]
    is_foreign = subtag(first) != subtag(cut.policy.language)
    return doc.Foreign(first, (words,)) if is_foreign else words


def _numbered(name: Inlines, number: str) -> Inlines:
    return (*name, Text(f"\u00a0{number}")) if number else name
