"""The unfilled words of a clause that an edit may change: where they stand, and put back there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policygen.compose.fold import Draft
from policygen.model.fragment import Passage
from policygen.pipeline.edit import ClauseName, tier_texts
from policygen.pipeline.returned.own_slip import with_key, with_title
from policygen.pipeline.returned.own_words import OwnWords
from policygen.problems import Location
from policygen.review.source.places import SourceText

HEADING = ""  # in the place of a tier: what stands over a clause


@dataclass(frozen=True, slots=True)
class SourceStretch:
    """Some unfilled words of a clause: the tier that they tell or its heading, and where."""

    tier: str
    source: SourceText
    location: Location
    passage: Passage | None = None


def stretches_of(drafts: Mapping[str, Draft], own: OwnWords) -> tuple[SourceStretch, ...]:
    """Return the words that may be changed: the organisation's own in place, or all anew.

    `drafts` are the clause in each place, by place.
    """
    if not own_origin(drafts):
        return tuple(_all_anew(drafts, own))
    return (_own_heading(drafts), *_in_place(drafts, own))


def _in_place(drafts: Mapping[str, Draft], own: OwnWords) -> Iterator[SourceStretch]:
    """Yield each passage of a clause that the organisation edits, where it stands."""
    found: dict[tuple[str, Location], Passage] = {}
    for draft in drafts.values():
        for tier, passages in draft.tellings.items():
            for passage in passages:
                found.setdefault((tier, passage.location), passage)
    for (tier, location), one in found.items():
        yield SourceStretch(tier, SourceText(one.text, _closed(one, own)), location, one)


def _own_heading(drafts: Mapping[str, Draft]) -> SourceStretch:
    """Return what stands over a clause that the organisation edits, at its own heading."""
    first = next(iter(drafts.values()))
    origin = next(one for one in reversed(first.origins) if one.layer == "organisation")
    closed = ""
    if origin.edit not in ("add", "replace"):
        closed = "your own edit only adds to it, and a replacement alone has a title of its own"
    location = Location(origin.path, origin.line, 1)
    return SourceStretch(HEADING, SourceText(_heading(first), closed), location)


def own_origin(drafts: Mapping[str, Draft]) -> Location | None:
    """Return where the organisation's own edit of a clause stands, or None without one."""
    for draft in drafts.values():
        for origin in draft.origins:
            if origin.layer == "organisation":
                return Location(origin.path, origin.line, 1)
    return None


def texts_in_place(
    stretches: Sequence[SourceStretch], texts: Sequence[str], own: OwnWords
) -> dict[Path, str]:
    """Return the organisation's files, with its own passages as they are to be."""
    found: dict[Path, str] = {}
    pairs = [
        (one.passage, text)
        for one, text in zip(stretches, texts, strict=True)
        if one.passage and text != one.source.text
    ]
    for passage, text in sorted(pairs, key=lambda one: -one[0].location.line):
        path = Path(passage.location.path)
        lines = found.get(path, own.text(path)).split("\n")
        first, last = _span(passage)
        ending = "\r" if lines[first].endswith("\r") else ""
        lines[first:last] = [line + ending for line in text.split("\n")]
        found[path] = "\n".join(lines)
    return found


def renamed(draft: Draft, heading: str) -> ClauseName | None:
    """Return what a heading calls a clause; None where label and title are not told apart."""
    words = heading.replace("\n", " ")
    if draft.label is None:
        return ClauseName(words)
    label, colon, title = words.partition(": ")
    if not colon or not title.strip():
        return None
    return ClauseName(title, "" if label == draft.label.text else label)


def renamed_in_place(text: str, heading: SourceStretch, name: ClauseName) -> str | None:
    """Return a file of the organisation's with the name of a clause at its own heading."""
    line = heading.location.line
    changed = with_title(text, line, name.title)
    if changed is not None and name.label:
        changed = with_key(changed, line, "label", name.label)
    return changed


def _all_anew(drafts: Mapping[str, Draft], own: OwnWords) -> Iterator[SourceStretch]:
    """Yield what an edit of the library's words tells: the heading, then each tier."""
    first = next(iter(drafts.values()))
    headings = {_heading(draft) for draft in drafts.values()}
    closed = "" if len(headings) == 1 else "your places call this clause by different names"
    yield SourceStretch(HEADING, SourceText(_heading(first), closed), first.title.location)
    for tier, text in tier_texts(drafts, own.workspace.library.outline).items():
        told = first.tellings.get(tier, (first.title,))
        yield SourceStretch(tier, SourceText(text), told[0].location)


def _heading(draft: Draft) -> str:
    """Return what stands over a clause, as it is printed: its label, then its title."""
    return f"{draft.label.text}: {draft.title.text}" if draft.label else draft.title.text


def _closed(passage: Passage, own: OwnWords) -> str:
    """Return why the words of a passage cannot be changed in their place."""
    if passage.layer != "organisation":
        return f"these words are of {passage.layer}, and your own edit only adds to them"
    lines = own.text(Path(passage.location.path)).replace("\r", "").split("\n")
    first, last = _span(passage)
    if "\n".join(lines[first:last]) != passage.text:
        return "a comment or a mark stands among these words of yours"
    return ""


def _span(passage: Passage) -> tuple[int, int]:
    """Return the lines of a passage in its file: the first, and that behind the last (from 0)."""
    last = passage.text.count("\n")
    return passage.line(0) - 1, passage.line(last)
