"""Differences in plain sentences: which policy, what differs, and why. A report speaks English, as the commands do."""

from __future__ import annotations

from collections.abc import Sequence

from policygen.compose.gaps import described
from policygen.model.difference import Cause, Difference, Differences, FactCause, Kind, LayerCause, Likeness, Side, Spot
from policygen.model.policy import Citation, Policy

SHORT = 90  # characters: a longer value is read in its place, not in a sentence

LABELS = {
    Kind.SET_DIFFERENTLY: "set differently",
    Kind.ADDED: "added",
    Kind.REMOVED: "removed",
    Kind.REWORDED: "reworded",
    Kind.RETITLED: "retitled",
    Kind.MOVED: "moved",
    Kind.RESOURCED: "other sources",
    Kind.AUDIENCE: "other readers",
    Kind.BINDING: "binding in one",
    Kind.JUDGED: "judged differently",
    Kind.NAMES_ONLY: "names only",
}
HEADS = {"title": "Title", "lead": "Lead", "decides": "Who decides", "by": "By when"}
JUDGED = {"may": "you may", "think": "think first", "never": "never", "": "none of the three"}
EDITS = {
    "add": "adds it",
    "replace": "replaces it",
    "extend": "adds to it",
    "remove": "leaves it out",
    "title": "gives the title",
    "lead": "gives the lead",
    "decides": "says who decides",
    "by": "says by when",
}


def sides(found: Differences) -> tuple[str, str]:
    """What to call the two policies in a few words: by organisation, else by version, else by status, else in turn."""
    first, second = found.first.profile, found.second.profile
    for one, other in (
        (first.name, second.name),
        (_version(found.first), _version(found.second)),
        (first.policy.status.capitalize(), second.policy.status.capitalize()),
    ):
        if one and other and one != other:
            return one, other
    return "The first", "The second"


def why(cause: Cause, names: tuple[str, str]) -> str:
    """One cause as a sentence."""
    match cause:
        case LayerCause(side=Side.BOTH):
            return f"{cause.title} has other words now ({cause.place})."
        case LayerCause():
            whose = names[0] if cause.side is Side.FIRST else names[1]
            layer = cause.title if cause.layer == "organisation" else f"{whose}: the layer “{cause.title}”"
            because = f", because: {cause.because.rstrip('.')}" if cause.because else ""
            return f"{layer} {EDITS.get(cause.edit, cause.edit)}{because} ({cause.place})."
        case FactCause():
            return f"{fact(cause.fact)}: {value(cause.first)} against {value(cause.second)}."
        case Likeness():
            shared = f"they share {cause.share:.0%} of their words"
            return f"Likely the same as {cause.clause} of the other policy: {shared}."


def fact(path: str) -> str:
    """What people call a fact."""
    label = described(path.removeprefix("law.").removeprefix("terms.")).label
    return label[:1].upper() + label[1:]


def value(text: str) -> str:
    """A fact's value in a sentence."""
    told = " ".join(text.split())
    if not told:
        return "nothing"
    return told if len(told) <= SHORT and "|" not in told else "another list"


def beside(difference: Difference) -> str:
    """What differs beside the words, as a sentence; nothing for the words themselves."""
    first, second = difference.first, difference.second
    match difference.part:
        case "audience":
            return f"For {_all(first) or 'everyone'} in the first, for {_all(second) or 'everyone'} in the second."
        case "binding":
            return f"Binding in the {'second' if second else 'first'} only."
        case "rule":
            return f"Under {JUDGED[str(first)]} in the first, under {JUDGED[str(second)]} in the second."
        case "ways":
            return f"The answers lead to {_all(first)} in the first, to {_all(second)} in the second."
        case "place":
            return f"It stands {where(first)} in the first, {where(second)} in the second."
        case "id":
            return f"It is {first} in the first, {second} in the second."
        case "citations" | "sources":
            only = [[x for x in one if x not in other] for one, other in ((_cited(first), _cited(second)),
                                                                        (_cited(second), _cited(first)))]
            told = [f"{listed(x)} only in the {side}" for x, side in zip(only, ("first", "second"), strict=True) if x]
            return f"Sources: {'; '.join(told) or 'in another order'}."
    return ""


def listed(names: Sequence[str]) -> str:
    """Names as in a sentence: a, b and c."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def some(names: Sequence[str], most: int = 6) -> str:
    """The first few names, and how many more there are."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most - 1])} and {len(names) - most + 1} more"


def _all(part: object) -> str:
    return listed([str(one or "the next question") for one in part]) if isinstance(part, tuple) else str(part)


def _cited(part: object) -> list[str]:
    """Sources as a reader knows them."""
    given = part if isinstance(part, tuple) else ()
    return [f"{c.source} {c.locator}".strip() if isinstance(c, Citation) else str(c) for c in given]


def where(part: object) -> str:
    """A spot in words."""
    if not isinstance(part, Spot):
        return "nowhere"
    after = f"after {part.after}" if part.after else "first"
    return f"{after} in {part.section}" if part.section else after


def _version(policy: Policy) -> str:
    version = policy.profile.policy.version
    return f"Version {version}" if version else ""
