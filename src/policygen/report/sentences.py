"""Differences in plain sentences: which policy, what differs, and why. A report speaks English, as the commands do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from policygen.facts.described import described
from policygen.model.difference import (
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
from policygen.model.matrix import CellEdit
from policygen.model.policy import Citation, Policy

_SHORT = 120  # characters: a longer value is read in its place, not in a sentence
NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

KIND_LABELS = {
    DifferenceKind.SET_DIFFERENTLY: "set differently",
    DifferenceKind.ADDED: "added",
    DifferenceKind.REMOVED: "removed",
    DifferenceKind.REWORDED: "reworded",
    DifferenceKind.RETITLED: "retitled",
    DifferenceKind.MOVED: "moved",
    DifferenceKind.RESOURCED: "other sources",
    DifferenceKind.AUDIENCE: "other readers",
    DifferenceKind.BINDING: "binding in one",
    DifferenceKind.JUDGED: "judged differently",
    DifferenceKind.NAMES_ONLY: "names only",
}
HEAD_LABELS = {"title": "Title", "lead": "Lead", "decides": "Who decides", "by": "By when"}
RULE_LABELS = {"may": "you may", "think": "think first", "never": "never", "": "none of the three"}
_SORTS = frozenset(
    {
        "academy",
        "agency",
        "authority",
        "board",
        "borough",
        "city",
        "college",
        "community",
        "council",
        "county",
        "district",
        "foundation",
        "metropolitan",
        "nhs",
        "parish",
        "police",
        "primary",
        "regional",
        "school",
        "secondary",
        "service",
        "town",
        "trust",
        "university",
    }
)
_SMALL = frozenset({"and", "for", "of", "the"})
# What an edit does, of one layer and of several.
_EDITS = {
    "add": ("adds it", "add it"),
    "replace": ("replaces it", "replace it"),
    "extend": ("adds to it", "add to it"),
    "remove": ("leaves it out", "leave it out"),
    "title": ("gives the title", "give the title"),
    "lead": ("gives the lead", "give the lead"),
    "decides": ("says who decides", "say who decides"),
    "by": ("says by when", "say by when"),
}


def side_names(found: Differences) -> tuple[str, str]:
    """What to call the two policies within a sentence: by organisation, else version, else status, else in turn."""
    first, second = found.first.profile, found.second.profile
    for one, other in (
        (short_name(first.name), short_name(second.name)),
        (first.name, second.name),
        (_version(found.first), _version(found.second)),
        (f"the {first.policy.status} policy", f"the {second.policy.status} policy"),
    ):
        if one and other and one != other:
            return one, other
    return "the first", "the second"


def short_name(name: str) -> str:
    """An organisation's name without the words that say what it is: "Fenwick" of Fenwick Borough Council."""
    words = name.split()
    while words and words[-1].lower() in _SORTS:
        words.pop()
    return " ".join(words) if words and words[-1].lower() not in _SMALL else name


def cause_sentence(cause: Cause, names: tuple[str, str]) -> str:
    """One cause as a sentence."""
    match cause:
        case LayerCause(side=Side.BOTH):
            return f"{cause.title} has other words now ({cause.place})."
        case LayerCause():
            return edit_sentence(cause, names[0] if cause.side is Side.FIRST else names[1])
        case FactCause() if is_list(cause.first) or is_list(cause.second):
            has = [
                name
                for name, given in zip(names, (cause.first, cause.second), strict=True)
                if given.strip()
            ]
            told = f"Only {has[0]} has a list of" if len(has) == 1 else "Another list of"
            return f"{told} {fact_label(cause.fact)}."
        case FactCause():
            return f"{fact_title(cause.fact)}: {value_text(cause.first)} against {value_text(cause.second)}."
        case Likeness():
            shared = f"they share {cause.share:.0%} of their words"
            return f"Likely the same as {cause.clause} of the other policy: {shared}."


def edit_sentence(one: CellEdit | LayerCause, whose: str = "") -> str:
    """What a layer does and why, as a sentence. A body's own goes by the body's name; `whose` stands before another."""
    layer = f"{whose}: the layer “{one.title}”" if whose else f"The layer “{one.title}”"
    because = f", because: {one.because.rstrip('.')}" if one.because else ""
    return f"{one.title if one.layer == 'organisation' else layer} {edit_verb(one.edit)}{because} ({one.place})."


def edit_verb(edit: str, *, many: bool = False) -> str:
    """What an edit of one layer does, or the same edit of many."""
    return _EDITS[edit][many] if edit in _EDITS else edit


def fact_label(path: str) -> str:
    """What people call a fact, within a sentence."""
    return described(path.removeprefix("law.").removeprefix("terms.")).label


def fact_title(path: str) -> str:
    """What people call a fact, at the start of a line."""
    label = fact_label(path)
    return label[:1].upper() + label[1:]


def is_list(text: str) -> bool:
    """Whether a fact's value is the table or the list that a loop printed, or as long as one."""
    told = text.strip()
    return "|" in told or "\n" in told or told.startswith("- ") or len(told) > _SHORT


def value_text(text: str) -> str:
    """A fact's value in a sentence."""
    told = " ".join(text.split())
    if not told:
        return "nothing"
    return "another list" if is_list(text) else told


def slip_sentence(difference: Difference, found: Differences) -> str:
    """What differs beside the words, as a sentence; nothing for the words themselves."""
    first, second, names = difference.first, difference.second, side_names(found)
    match difference.part:
        case "audience":
            told = [
                _readers(part, policy)
                for part, policy in ((first, found.first), (second, found.second))
            ]
            return f"For {told[0]} ({names[0]}); for {told[1]} ({names[1]})."
        case "binding":
            return f"Binding in {names[bool(second)]} only: no posture or organisation may drop it there."
        case "rule":
            return f"Under “{RULE_LABELS[str(first)]}” in {names[0]}, under “{RULE_LABELS[str(second)]}” in {names[1]}."
        case "ways":
            return f"Yes and no lead to {_ways(first)} in {names[0]}, to {_ways(second)} in {names[1]}."
        case "place":
            return f"Stands {_placed(first, found)} in {names[0]}, {_placed(second, found)} in {names[1]}."
        case "id":
            return f"Called {first} in {names[0]}, {second} in {names[1]}."
        case "citations" | "sources":
            sources = ((first, second, found.first), (second, first, found.second))
            only = [_cited(a, b, policy, found) for a, b, policy in sources]
            told = [
                f"{join_names(titles)} ({name})"
                for titles, name in zip(only, names, strict=True)
                if titles
            ]
            return f"Sources: {'; '.join(told) or 'the same, in another order'}."
    return ""


def join_names(names: Sequence[str]) -> str:
    """Names as in a sentence: a, b and c."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def first_names(names: Sequence[str], most: int = 6) -> str:
    """The first few names, and how many more there are."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"


def _readers(part: object, policy: Policy) -> str:
    who = [policy.outline.audiences.get(str(one), str(one)) for one in _parts(part)]
    return join_names(who) or "everyone"


def _ways(part: object) -> str:
    return join_names(
        [
            f"“{RULE_LABELS.get(str(one), str(one))}”" if one else "the next question"
            for one in _parts(part)
        ]
    )


def _parts(part: object) -> tuple[object, ...]:
    return part if isinstance(part, tuple) else ()


def _cited(part: object, other: object, policy: Policy, found: Differences) -> list[str]:
    """The sources that only one side cites, by title and place; of two that share a title, whose it is."""
    sources = {source.id: source for source in policy.sources}
    titles = Counter(
        s.title for s in {s.id: s for p in (found.first, found.second) for s in p.sources}.values()
    )
    told: list[str] = []
    for one in (one for one in _parts(part) if one not in _parts(other)):
        source = sources.get(one.source) if isinstance(one, Citation) else None
        if source is None or not isinstance(one, Citation):
            told.append(str(one))
        else:
            whose = f", {source.publisher}" if titles[source.title] > 1 and source.publisher else ""
            told.append(f"{source.title}{whose}{f', {one.locator}' if one.locator else ''}")
    return told


def _placed(part: object, found: Differences) -> str:
    """A spot in words, by titles."""
    if not isinstance(part, Position):
        return "nowhere"
    titles: dict[str, str] = {}
    for section in (
        s for policy in (found.first, found.second) for s in (policy.front, *policy.sections)
    ):
        titles |= {
            section.id: section.title.text,
            **{clause.id: clause.title.text for clause in section.clauses},
        }
    after = f"after “{titles.get(part.after, part.after)}”" if part.after else "first"
    return f"{after} in “{titles.get(part.section, part.section)}”" if part.section else after


def position_text(part: object) -> str:
    """A spot in words, by ids."""
    if not isinstance(part, Position):
        return "nowhere"
    after = f"after {part.after}" if part.after else "first"
    return f"{after} in {part.section}" if part.section else after


def _version(policy: Policy) -> str:
    version = policy.profile.policy.version
    return f"version {version}" if version else ""
