"""Differences -> Document: the change report.

What a lawyer reads first comes first; names come last.
"""

from __future__ import annotations

from collections.abc import Iterator

from policygen.diff.match import LIKELY_SHARE
from policygen.markdown.prose import ProseCache
from policygen.model import document as doc
from policygen.model.comparison.difference import DifferenceKind, Differences
from policygen.model.document import Block, Inlines, Role, Text
from policygen.model.language import capitalise, join_names
from policygen.model.policy import Policy
from policygen.present.front_matter import make_brand
from policygen.report.changes.changelog import draft_summary
from policygen.report.changes.clauses import ClauseParts
from policygen.report.changes.fact_tables import FactTables
from policygen.report.changes.finding import (
    COUNT_SHAPES,
    clause_counts,
    differences_finding,
    differences_lead,
)
from policygen.report.changes.main_findings import main_findings
from policygen.report.changes.scope import scope_phrases
from policygen.report.layout import side_heads, titled_group
from policygen.report.sentences import side_names

_TITLE = "How two policies differ"
_LONG = 16  # sections with something to show; a report of more opens with a contents list


def change_report(
    found: Differences,
    labels: tuple[str, str],
    *,
    summary: bool = False,
    prose: ProseCache | None = None,
) -> doc.Document:
    """Lay out what was found, what is set differently, what one lacks, the words, the names.

    `labels` name the two policies in full; `summary` counts the words instead of showing them.
    `prose` holds the words that were parsed before in this run.
    """
    names = side_names(found)
    one, other = found.first.profile.name, found.second.profile.name
    facts = FactTables(found)
    clauses = ClauseParts(found, prose or ProseCache())
    words = clauses.by_section() if summary else clauses.in_full(names_differ=facts.has_names)
    parts = (
        *facts.settings(),
        *clauses.in_one_only(),
        *clauses.left_out_otherwise(),
        *words,
        *facts.names(summary=summary),
        *_draft(found),
        _how(),
    )
    return doc.Document(
        meta=doc.Meta(
            title=f"{_TITLE}: {' and '.join(names)}",
            author=other,
            subject="Change report",
            description=(
                "What tells two social media policies apart, clause by clause, and why. "
                f"{differences_finding(found)}"
            ),
            language="en-GB",
            dated=found.second.profile.policy.issued,
        ),
        layout="report",
        masthead=doc.Masthead(
            organisation=other if one == other else f"{one} and {other}",
            local_names=(),
            title=_TITLE,
            lead=differences_lead(found),
            edition="Change report",
            status=doc.Tag("Change report", solid=True),
        ),
        running=doc.Running(
            _TITLE, " and ".join(names), _controls(found), "Page {page} of {pages}"
        ),
        body=(
            _compared(found, labels),
            *_only(found),
            _found(found),
            *((doc.Contents("Contents", 2),) if len(parts) > _LONG else ()),
            *parts,
        ),
        brand=make_brand(found.second),
    )


def _draft(found: Differences) -> Iterator[Block]:
    """Draft a line for the change history, between two whole versions of one body's policy.

    Somebody puts it right before it is used.
    """
    one, other = found.first.profile.name, found.second.profile.name
    if one == other and not found.scope and (line := draft_summary(found)):
        words = "A draft, to shorten and to put right, for policygen release --summary."
        hint = doc.Paragraph((Text(words),), Role.HINT)
        yield titled_group("draft", "For the change history", hint, doc.Paragraph((Text(line),)))


def _only(found: Differences) -> Iterator[Block]:
    """To what the comparison was narrowed, if it was."""
    if found.scope:
        yield doc.Paragraph(
            (Text(f"Told here is only what differs {join_names(scope_phrases(found))}."),)
        )


def _found(found: Differences) -> Block:
    """How many clauses of each sort."""
    names = side_names(found)
    counts = clause_counts(found)
    total = len(found.pairs)
    undecided = [
        ", or undecided" if found.has_undecided(kind) else ""
        for kind in (DifferenceKind.REMOVED, DifferenceKind.ADDED)
    ]
    labels = {
        "same": "the same here" if found.scope else "the same",
        "reworded": "reworded",
        "set": "set differently",
        "moved": "beside the words",
        "names": "names only",
        "first": f"only {names[0]}{undecided[0]}",
        "second": f"only {names[1]}{undecided[1]}",
        "left-out": f"left out in {names[1]}",
        "brought-in": f"left out in {names[0]}",
    }
    items = tuple(
        (COUNT_SHAPES[key], counts[key], label) for key, label in labels.items() if counts[key]
    )
    return titled_group(
        "found",
        f"What we found in {total} clauses",
        *_main_findings(found),
        doc.Counts(differences_finding(found), items),
    )


def _main_findings(found: Differences) -> Iterator[Block]:
    """The few findings that nobody should miss, as a list."""
    lines = [doc.ListItem((doc.Paragraph((Text(line),)),)) for line in main_findings(found)]
    if lines:
        yield doc.List(tuple(lines), ordered=True)


def _compared(found: Differences, labels: tuple[str, str]) -> Block:
    """Which two policies, side by side; what is the same of both is left out."""
    policies = (found.first, found.second)
    rows: list[doc.Row] = []
    for title, describe in (("Law and kind of body", _law), ("Posture", _posture)):
        first, second = map(describe, policies)
        if first != second:
            rows.append(doc.Row(((Text(title),), (Text(first),), (Text(second),))))
    controls = (_control(policy, label) for policy, label in zip(policies, labels, strict=True))
    rows.append(doc.Row(((Text("Policy"),), *controls)))
    names = (found.first.profile.name, found.second.profile.name)
    first_head, second_head = side_heads(side_names(found) if names[0] == names[1] else names)
    head = doc.Row(((Text("Compared"),), (first_head,), (second_head,)))
    return doc.Table(head, tuple(rows), shares=(3, 5, 5))


def _law(policy: Policy) -> str:
    places = {f"jurisdiction/{place}" for place in policy.profile.places}
    titles = [layer.title for layer in policy.stack if layer.name in places]
    return ", ".join(titles + _titles(policy, "kind")[-1:])


def _posture(policy: Policy) -> str:
    """The posture, and the sections that have another."""
    sections = {section.id: section.title.text for section in policy.sections}
    others = [
        f"{layer.title} in {join_names([f'“{sections.get(id, id)}”' for id in layer.sections])}"
        for layer in policy.stack
        if layer.name.startswith("posture/") and layer.sections
    ]
    return "; ".join(_titles(policy, "posture") + others)


def _titles(policy: Policy, rung: str) -> list[str]:
    stack = [layer for layer in policy.stack if layer.name.count("/") == 1 and not layer.sections]
    return [layer.title for layer in stack if layer.name.startswith(f"{rung}/")]


def _control(policy: Policy, label: str) -> Inlines:
    """Number and version, and the status as a tag where the label ends with it."""
    control = policy.profile.policy
    labels = policy.outline.labels
    version = label.removeprefix(f"{policy.profile.name}, ")
    status = labels.get(f"status_{control.status}", control.status)
    number = f"{control.number}, " if control.number else ""
    if not version.endswith(f", {status}"):
        return (Text(number + version),)
    tag = doc.Tag(capitalise(status), solid=control.status == "approved")
    return Text(number + version.removesuffix(f", {status}")), doc.Break(), tag


def _controls(found: Differences) -> str:
    controls = (found.first.profile.policy, found.second.profile.policy)
    named = (
        [control.number, f"version {control.version}" if control.version else ""]
        for control in controls
    )
    return " and ".join(" ".join(filter(None, words)) for words in named if any(words))


def _how() -> Block:
    """How the two were compared, for whoever doubts it."""
    return titled_group("how", "How we compared", doc.List(tuple(_lines())))


def _lines() -> Iterator[doc.ListItem]:
    for line in (
        "Clauses are matched by their ids, so a new number is not a difference.",
        f"Clauses left over are matched when they share {LIKELY_SHARE:.0%} of their words, "
        "and the report says so.",
        "Wording is compared before names, dates and numbers are filled in.",
        "Each clause is counted once, under the weightiest thing that differs in it.",
        "“Why” names the layer of wording that makes the difference, or what each policy has set. "
        "The file and line behind it stand in the JSON of this report.",
    ):
        yield doc.ListItem((doc.Paragraph((Text(line),)),))
