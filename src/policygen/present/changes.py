"""Differences -> Document: the change report. What a lawyer reads first comes first; names come last."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.diff.match import LIKELY
from policygen.model import document as doc
from policygen.model.difference import Differences, Kind
from policygen.model.document import Block, Strong, Text
from policygen.model.policy import Policy
from policygen.present.changed import Changed, table, titled
from policygen.present.furniture import brand
from policygen.present.saying import listed, sides

TITLE = "How two policies differ"
_MOVED = "differently placed, cited or judged"


def changes(found: Differences, labels: tuple[str, str], *, summary: bool = False) -> doc.Document:
    """The report: what was found, what is set differently, what one policy lacks, the words, the names.

    `labels` name the two policies in full; `summary` counts the words instead of showing them.
    """
    names, changed = sides(found), Changed(found)
    counts = counted(found)
    lead = finding(found)
    one, other = found.first.profile.name, found.second.profile.name
    return doc.Document(
        meta=doc.Meta(
            title=f"{TITLE}: {' and '.join(names)}",
            author=other,
            subject="Change report",
            description=f"What tells two social media policies apart, clause by clause, and why. {lead}",
            language="en-GB",
            dated=found.second.profile.policy.issued,
        ),
        layout="brief",
        masthead=doc.Masthead(
            organisation=other if one == other else f"{one} and {other}",
            local_names=(),
            title=TITLE,
            lead=lead,
            edition="Change report",
            status=doc.Tag("Change report", solid=True),
        ),
        running=doc.Running(TITLE, " and ".join(names), _controls(found), "Page {page} of {pages}"),
        body=(
            _compared(found, labels),
            _bar(counts, names, len(found.pairs)),
            *changed.settings(),
            *changed.in_one_only(),
            *(changed.by_section() if summary else changed.clauses()),
            *changed.names_only(),
            _how(),
        ),
        brand=brand(found.second),
    )


def counted(found: Differences) -> dict[str, int]:
    """Each clause once, under the weightiest thing that differs in it: `first` and `second` have it alone."""
    counts = dict.fromkeys(("same", "reworded", "set", "moved", "names", "first", "second"), 0)
    for _, differing in found.by_clause():
        counts[_weightiest({difference.kind for difference in differing})] += 1
    return counts


def _weightiest(kinds: set[Kind]) -> str:
    weights = [(Kind.ADDED, "second"), (Kind.REMOVED, "first"), (Kind.REWORDED, "reworded"),
               (Kind.RETITLED, "reworded"), (Kind.SET_DIFFERENTLY, "set")]  # fmt: skip
    found = next((word for kind, word in weights if kind in kinds), None)
    return found or ("same" if not kinds else "names" if kinds == {Kind.NAMES_ONLY} else "moved")


def finding(found: Differences) -> str:
    """The finding in one sentence."""
    total, names, counts = len(found.pairs), sides(found), counted(found)
    if not found.found:
        return f"The two policies are the same in all {total} clauses."
    if counts["same"] == total:
        return f"All {total} clauses are the same; a section has another head."
    told = {
        "reworded": "{n} reworded",
        "set": "{n} with something set differently",
        "moved": "{n} " + _MOVED,
        "names": "{n} with other names only",
        "first": f"{{n}} only in {names[0]}",
        "second": f"{{n}} only in {names[1]}",
    }
    rest = listed([words.format(n=counts[key]) for key, words in told.items() if counts[key]])
    return f"Of {total} clauses, {counts['same'] or 'none'} {'is' if counts['same'] == 1 else 'are'} the same: {rest}."


def _bar(counts: dict[str, int], names: tuple[str, str], total: int) -> Block:
    """How many clauses of each sort."""
    labels = {
        "same": "the same",
        "reworded": "reworded",
        "set": "set differently",
        "moved": _MOVED,
        "names": "names only",
        "first": f"only in {names[0]}",
        "second": f"only in {names[1]}",
    }
    columns = tuple(
        doc.Column((doc.Paragraph((Strong((Text(str(counts[key])),)), doc.Break(), Text(label))),))
        for key, label in labels.items()
        if counts[key]
    )
    return titled("found", f"What we found in {total} clauses", doc.Columns(columns))


def _compared(found: Differences, labels: tuple[str, str]) -> Block:
    """Which two policies, side by side."""
    policies = (found.first, found.second)
    rows = (
        ("In full", *labels),
        ("Layers", *(_layers(policy) for policy in policies)),
        ("Status", *(policy.profile.policy.status.capitalize() for policy in policies)),
    )
    return titled("compared", "What was compared", table(("Compared", *sides(found)), rows))


def _layers(policy: Policy) -> str:
    return listed([layer.title for layer in policy.stack if layer.name.count("/") == 1 and not layer.sections])


def _controls(found: Differences) -> str:
    controls = (found.first.profile.policy, found.second.profile.policy)
    told = ([control.number, f"version {control.version}" if control.version else ""] for control in controls)
    return " and ".join(" ".join(filter(None, words)) for words in told if any(words))


def _how() -> Block:
    """How the two were compared, for whoever doubts it."""
    return titled("how", "How we compared", doc.List(tuple(_lines())))


def _lines() -> Iterator[doc.ListItem]:
    for line in (
        "Clauses are matched by their ids, so a new number is not a difference.",
        f"Clauses left over are matched when they share {LIKELY:.0%} of their words, and the report says so.",
        "Wording is compared before names, dates and numbers are filled in.",
        "Words in [square brackets], struck out, stand in the first policy only. "
        "Words in ‹angle marks›, underlined, stand in the second only.",
        "Names that differ are dotted underneath, and listed at the end.",
    ):
        yield doc.ListItem((doc.Paragraph((Text(line),)),))
