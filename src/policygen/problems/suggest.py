"""How to mend an unknown name: the known name that was meant, or all there is to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from policygen.characters import foreign_letters

_MANY = 40  # names that a reader will still look through
_SHORT = 4  # letters; in a name so short, two slips make another word


def nearest(name: str, known: Iterable[str], adding: str = "") -> str:
    """Return how to mend an unknown name: 'Did you mean "council"?', or the known names.

    A name is suggested for a slip of a letter or two, never for one that looks the same.
    `adding` is the page of the docs that says how to add a name to the list.
    """
    names = sorted(set(known))
    if foreign := foreign_letters(name, names):
        return foreign
    if meant := _meant(name, names):
        return f'Did you mean "{meant}"?'
    if not names:
        return "None are known here."
    page = f" To add one, see {adding}." if adding else ""
    if len(names) <= _MANY:
        return f"Known: {', '.join(names)}.{page}"
    section = name.partition(".")[0]
    same_section = [known for known in names if known.partition(".")[0] == section] or names
    more = len(same_section) - _MANY
    end = f" and {more} more" if more > 0 else ""
    return f"Known: {', '.join(same_section[:_MANY])}{end}.{page}"


def _meant(name: str, names: list[str]) -> str:
    """Return the known name that is a slip of a letter or two away, or ""."""
    plain = _plain(name)
    slips = 1 if len(plain) <= _SHORT else 2
    for allowed in range(slips + 1):
        for known in names:
            if _within(plain, _plain(known), allowed):
                return known
    return ""


def _plain(name: str) -> str:
    """A name without what is no slip: capitals, and which sign parts its words."""
    return name.lower().replace("_", "-").replace(" ", "-")


def _within(one: str, other: str, slips: int) -> bool:
    """Tell whether two words are at most so many slips apart (optimal string alignment).

    A slip is a letter too many, too few or wrong, or two neighbours that changed places. `line`
    holds the least slips from the letters read so far to each beginning of the other word; `last`
    and `before` are the same for one letter and two letters less.
    """
    if abs(len(one) - len(other)) > slips:
        return False
    if slips == 0:
        return one == other
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, there in enumerate(other, 1):
            wrong_letter = last[column - 1] + (0 if letter == there else 1)
            cost = min(last[column] + 1, line[-1] + 1, wrong_letter)
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == there:
                cost = min(cost, before[column - 2] + 1)  # the two changed places
            line.append(cost)
        if min(line) > slips:
            return False
        before, last = last, line
    return last[-1] <= slips
