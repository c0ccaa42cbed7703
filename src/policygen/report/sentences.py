"""Differences in plain sentences: which policy, what differs, and why.

A report speaks English, as the commands do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from policygen.diff.order import HEADINGS
from policygen.facts.described import fact_label
from policygen.model.comparison.difference import (
    Cause,
    Difference,
    DifferenceKind,
    Differences,
    FactCause,
    LayerCause,
    Likeness,
    Position,
    Side,
)
from policygen.model.language import capitalise, format_day, join_names
from policygen.model.policy import EXISTING_LAYER, UNDECIDED, Citation, Policy

if TYPE_CHECKING:
    from policygen.model.comparison.matrix import CellEdit

_SHORT = 120  # characters: a list that is longer is read in its place, not in a sentence
NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

KIND_LABELS = {
    DifferenceKind.SET_DIFFERENTLY: "set differently",
    DifferenceKind.ADDED: "added",
    DifferenceKind.REMOVED: "removed",
    DifferenceKind.LEFT_OUT: "left out",
    DifferenceKind.BROUGHT_IN: "brought in",
    DifferenceKind.LEFT_OUT_OTHERWISE: "left out for another reason",
    DifferenceKind.REWORDED: "reworded",
    DifferenceKind.RETITLED: "retitled",
    DifferenceKind.MOVED: "moved",
    DifferenceKind.RESOURCED: "other sources",
    DifferenceKind.AUDIENCE: "other readers",
    DifferenceKind.BINDING: "binding in one",
    DifferenceKind.JUDGED: "judged differently",
    DifferenceKind.NAMES_ONLY: "names only",
}
HEAD_LABELS = {
    "title": "Title",
    "label": "Label",
    "lead": "Lead",
    "stake": "What is at stake",
    "manager": "What a manager does",
    "decides": "Who decides",
    "by": "By when",
    "measure": "How we know that it works",
}
# With what the front is told as, for the whole document.
PART_LABELS = {**HEAD_LABELS, HEADINGS: "Headings of the body's own"}
LIST_LABELS = {"may": "you may", "think": "think first", "never": "never", "": "none of the three"}
# The words that say what an organisation is, at the end of its name.
_SORTS = re.compile(
    "academy|agency|authority|board|borough|city|college|community|council|county|district"
    "|foundation|metropolitan|nhs|parish|police|primary|regional|school|secondary|service|town"
    "|trust|university"
)
_SMALL = frozenset({"and", "for", "of", "the"})
_ISO_DAY = re.compile(r"(?<!\S)\d{4}-\d\d-\d\d(?=[\s,.;]|$)")
# What an edit does, of one layer and of several.
_EDITS = {
    "add": ("adds it", "add it"),
    "replace": ("replaces it", "replace it"),
    "extend": ("adds to it", "add to it"),
    "remove": ("leaves it out", "leave it out"),
    UNDECIDED: ("may have it: nobody has decided yet", "may have it: nobody has decided yet"),
    "leave-out": ("leaves it out", "leave it out"),
    "leave-out-by-extent": ("leaves it out by extent", "leave it out by extent"),
    "title": ("gives the title", "give the title"),
    "label": ("gives the label", "give the label"),
    "lead": ("gives the lead", "give the lead"),
    "decides": ("says who decides", "say who decides"),
    "by": ("says by when", "say by when"),
    "stake": ("says what is at stake", "say what is at stake"),
    "manager": ("says what a manager does", "say what a manager does"),
    "measure": ("says how one knows that it works", "say how one knows that it works"),
}


def side_names(found: Differences) -> tuple[str, str]:
    """Return what a sentence calls the two: by organisation, version or status, else in turn."""
    first, second = found.first.profile, found.second.profile
    choices = (
        (short_name(first.name), short_name(second.name)),
        (first.name, second.name),
        (_age(found.first), _age(found.second)),
        (_version(found.first), _version(found.second)),
        (f"the {first.policy.status} policy", f"the {second.policy.status} policy"),
    )
    for one, other in choices:
        if one and other and one != other:
            return one, other
    return "the first", "the second"


def _age(policy: Policy) -> str:
    return "the existing policy" if policy.is_existing else "the new policy"


def short_name(name: str) -> str:
    """Return a name without the words that say what it is: "Fenwick" of Fenwick Borough Council."""
    words = name.split()
    while words and _SORTS.fullmatch(words[-1].lower()):
        words.pop()
    cut_short = not words or words[-1].lower() in _SMALL
    return name if cut_short else " ".join(words)


def cause_sentence(cause: Cause, names: tuple[str, str]) -> str:
    """Return one cause as a sentence."""
    match cause:
        case LayerCause(side=Side.BOTH):
            return f"{cause.title} has other words now ({cause.place})."
        case LayerCause():
            return edit_sentence(cause, names[0] if cause.side is Side.FIRST else names[1])
        case FactCause():
            return _fact_sentence(cause, names)
        case Likeness():
            shared = f"they share {cause.share:.0%} of their words"
            return f"Likely the same as {cause.clause} of the other policy: {shared}."


def _fact_sentence(cause: FactCause, names: tuple[str, str]) -> str:
    if not is_table(cause):
        first, second = value_text(cause.first), value_text(cause.second)
        return f"{fact_title(cause.fact, cause.called)}: {first} against {second}."
    values = zip(names, (cause.first, cause.second), strict=True)
    having = [name for name, value in values if value.strip()]
    if len(having) == 1:
        return f"Only {having[0]} has a list of {fact_label(cause.fact)}."
    return f"Another list of {fact_label(cause.fact)}."


def edit_sentence(edit: CellEdit | LayerCause, whose: str = "") -> str:
    """Return what a layer does and why.

    A body's own goes by the body's name; `whose` stands before another.
    """
    if edit.layer in ("organisation", "extent", EXISTING_LAYER):
        who = edit.title
    elif whose:
        who = f"{whose}: the layer “{edit.title}”"
    else:
        who = f"The layer “{edit.title}”"
    place = f" ({edit.place})" if edit.place else ""
    return f"{who} {edit_verb(edit.edit)}{_grounds(edit)}{place}."


def edit_sentence_of_many(edit: CellEdit, bodies: int) -> str:
    """Return what so many bodies do alike, and why."""
    return f"{bodies} organisations {edit_verb(edit.edit, many=True)}{_grounds(edit)}."


def _grounds(edit: CellEdit | LayerCause) -> str:
    """Return the reason that an edit gives, and who cleared it, as the end of a sentence."""
    because = f", because: {edit.because.rstrip('.')}" if edit.because else ""
    cleared = f", cleared by {edit.cleared_by.rstrip('.')}" if edit.cleared_by else ""
    return f"{because}{cleared}"


def edit_verb(edit: str, *, many: bool = False) -> str:
    """Return what an edit of one layer does, or the same edit of many."""
    return _EDITS[edit][many] if edit in _EDITS else edit


def innermost_facts(paths: Collection[str]) -> list[str]:
    """Return the paths of facts that no other of them continues.

    `contacts` says less than `contacts.legal.role`, and is left out beside it.
    """
    return [path for path in paths if not any(other.startswith(f"{path}.") for other in paths)]


def fact_title(path: str, called: str = "") -> str:
    """Return what people call a fact, at the start of a line; `called` where a layer says it."""
    return capitalise(called or fact_label(path))


def is_table(cause: FactCause) -> bool:
    """Tell whether a fact is a list of which either side prints too much for a sentence."""
    return cause.is_list and (is_long_list(cause.first) or is_long_list(cause.second))


def is_long_list(text: str) -> bool:
    """Tell whether what a list prints is a table, a bulleted list, or too long for a sentence.

    Only a list is asked about: a name may hold a bar or begin with a dash.
    """
    bare = text.strip()
    return "|" in bare or "\n" in bare or bare.startswith("- ") or len(bare) > _SHORT


def value_text(text: str, *, is_list: bool = False) -> str:
    """Return a fact's value in a sentence."""
    if is_list and is_long_list(text):
        return "another list"
    return days_in_full(" ".join(text.split())) or "nothing"


def days_in_full(text: str) -> str:
    """Return a fact's value with its dates as documents print them: 2 November 2026.

    A fact that chose between wordings is recorded with ISO dates, the same in every language. One
    within an address stays as it is.
    """
    return _ISO_DAY.sub(_day_in_full, text)


def _day_in_full(found: re.Match[str]) -> str:
    try:
        return format_day(date.fromisoformat(found[0]), "en-GB")
    except ValueError:  # no such day
        return found[0]


def slip_sentence(difference: Difference, found: Differences) -> str:
    """Return what differs beside the words, as a sentence; nothing for the words themselves."""
    first, second = difference.first, difference.second
    one, other = side_names(found)
    match difference.part:
        case "audience":
            readers = _readers(first, found.first), _readers(second, found.second)
            return f"For {readers[0]} ({one}); for {readers[1]} ({other})."
        case "binding":
            where = other if second else one
            return f"Binding in {where} only: no posture or organisation may drop it there."
        case "under":
            rules = LIST_LABELS[str(first)], LIST_LABELS[str(second)]
            return f"Under “{rules[0]}” in {one}, under “{rules[1]}” in {other}."
        case "ways":
            return f"Yes and no lead to {_ways(first)} in {one}, to {_ways(second)} in {other}."
        case "place":
            places = _position_by_titles(first, found), _position_by_titles(second, found)
            return f"Stands {places[0]} in {one}, {places[1]} in {other}."
        case "id":
            return f"Called {first} in {one}, {second} in {other}."
        case "citations" | "sources":
            return _sources_sentence(difference, found)
    return ""


def first_names(names: Sequence[str], most: int = 6) -> str:
    """Return the first few names, and how many more there are."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"


def position_text(part: object) -> str:
    """Return a position in words, by ids."""
    if not isinstance(part, Position):
        return "nowhere"
    after = f"after {part.after}" if part.after else "first"
    return f"{after} in {part.section}" if part.section else after


def _readers(part: object, policy: Policy) -> str:
    audiences = policy.outline.audiences
    return join_names([audiences.get(str(one), str(one)) for one in _parts(part)]) or "everyone"


def _ways(part: object) -> str:
    return join_names([_way(str(way)) for way in _parts(part)])


def _way(way: str) -> str:
    return f"“{LIST_LABELS.get(way, way)}”" if way else "the next question"


def _parts(part: object) -> tuple[object, ...]:
    return part if isinstance(part, tuple) else ()


def _sources_sentence(difference: Difference, found: Differences) -> str:
    """Return the sources that only one side cites, or that the same ones stand in another order."""
    first, second = _parts(difference.first), _parts(difference.second)
    only_first = _source_titles([one for one in first if one not in second], found.first, found)
    only_second = _source_titles([one for one in second if one not in first], found.second, found)
    sides = zip((only_first, only_second), side_names(found), strict=True)
    cited = [f"{join_names(titles)} ({name})" for titles, name in sides if titles]
    return f"Sources: {'; '.join(cited) or 'the same, in another order'}."


def _source_titles(citations: Sequence[object], policy: Policy, found: Differences) -> list[str]:
    """Return sources by title and place; of two that share a title, whose it is."""
    every = {source.id: source for one in (found.first, found.second) for source in one.sources}
    shared = Counter(source.title for source in every.values())
    sources = {source.id: source for source in policy.sources}
    titles: list[str] = []
    for citation in citations:
        source = sources.get(citation.source) if isinstance(citation, Citation) else None
        if source is None or not isinstance(citation, Citation):
            titles.append(str(citation))
            continue
        publisher = source.publisher if shared[source.title] > 1 else ""
        titles.append(", ".join(filter(None, (source.title, publisher, citation.locator))))
    return titles


def _position_by_titles(part: object, found: Differences) -> str:
    """Return a position in words, by titles."""
    if not isinstance(part, Position):
        return "nowhere"
    titles = {**_titles(found.first), **_titles(found.second)}
    after = f"after “{titles.get(part.after, part.after)}”" if part.after else "first"
    section = titles.get(part.section, part.section)
    return f"{after} in “{section}”" if part.section else after


def _titles(policy: Policy) -> dict[str, str]:
    """Return the title of each section and clause by its id."""
    titles: dict[str, str] = {}
    for section in (policy.front, *policy.sections):
        titles[section.id] = section.title.text
        titles.update((clause.id, clause.title.text) for clause in section.clauses)
    return titles


def _version(policy: Policy) -> str:
    version = policy.profile.policy.version
    return f"version {version}" if version else ""
