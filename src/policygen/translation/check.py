"""What is wrong with the translation of a segment: codes that broke, and what cannot be printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from policygen.characters import bad_characters, character_name
from policygen.model.translation.pack import Placeholder, PlaceholderKind, Segment
from policygen.translation.codes import TOKEN, visible_marks

MOST_OF_SEGMENT = 4_000  # of one segment; the longest of the library has about 300
_BLOCK = (PlaceholderKind.OPENS, PlaceholderKind.BETWEEN, PlaceholderKind.CLOSES)
_BRACE = re.compile(r"[{}]")


def segment_faults(segment: Segment, target: str) -> list[str]:
    """Return in plain words what forbids to take a translation; nothing for a sound one."""
    if len(target) > MOST_OF_SEGMENT:
        return [f"has more than {MOST_OF_SEGMENT:,} characters"]
    if bad := next(iter(bad_characters(target)), None):
        return [f"holds {character_name(bad.character)}, which cannot be printed"]
    if not TOKEN.sub("", target).strip():
        return ["has no words"]
    if _BRACE.search(TOKEN.sub("", target)):
        return ["holds a brace that belongs to no placeholder"]
    codes = {code.number: code for code in segment.codes}
    found = [(bool(end), int(number)) for end, number in TOKEN.findall(target)]
    return (
        list(_count_faults(codes, found))
        or list(_order_faults(segment, codes, found))
        or list(_mark_faults(segment, codes, target))
    )


def _mark_faults(segment: Segment, codes: Mapping[int, Placeholder], target: str) -> Iterator[str]:
    """Report pairs without words, and marks that would print as they are typed."""
    for code in codes.values():
        if code.kind is PlaceholderKind.PAIR and f"{{{code.number}}}{{/{code.number}}}" in target:
            yield f"has no words in the placeholder {_name(False, code.number, codes)}"
            return
    for number in dict.fromkeys(visible_marks(target, segment)):
        yield (
            f"has the placeholder {_name(False, number, codes)} within a word, beside a quotation "
            "mark or the like, where it would print as stars"
        )


def _count_faults(
    codes: Mapping[int, Placeholder], found: Sequence[tuple[bool, int]]
) -> Iterator[str]:
    """Report each placeholder that is missing, doubled, or not of this segment."""
    wanted = Counter((False, number) for number in codes)
    wanted.update(
        (True, code.number) for code in codes.values() if code.kind is PlaceholderKind.PAIR
    )
    given = Counter(found)
    for end, number in wanted:
        name = _name(end, number, codes)
        if not given[end, number]:
            yield f"lacks the placeholder {name}"
        elif given[end, number] > 1:
            yield f"has the placeholder {name} twice"
    for end, number in given.keys() - wanted.keys():
        yield f"has a placeholder {{{'/' if end else ''}{number}}} that is not in the original"


def _name(end: bool, number: int, codes: Mapping[int, Placeholder]) -> str:
    shown = codes[number].shown
    return f"{{{'/' if end else ''}{number}}}" + (f" ({shown})" if shown else "")


def _order_faults(
    segment: Segment, codes: Mapping[int, Placeholder], found: Sequence[tuple[bool, int]]
) -> Iterator[str]:
    """Report pairs that cross, blocks in another order, and what has left its block."""
    source = [(bool(end), int(number)) for end, number in TOKEN.findall(segment.source)]
    if _blocks(codes, source) != _blocks(codes, found):
        yield "has its conditions in another order"
        return
    before, after = _within(codes, source), _within(codes, found)
    for number, place in before.items():
        if after.get(number) != place:
            yield f"has the placeholder {_name(False, number, codes)} in another condition"
    if not _is_nested(codes, found):
        yield "has links or marked words that cross"


def _blocks(codes: Mapping[int, Placeholder], found: Sequence[tuple[bool, int]]) -> list[int]:
    return [number for _, number in found if codes[number].kind in _BLOCK]


def _within(
    codes: Mapping[int, Placeholder], found: Sequence[tuple[bool, int]]
) -> dict[int, tuple[int, ...]]:
    """Return by placeholder the parts of conditions that it stands in, the outermost first."""
    place: list[int] = []
    within: dict[int, tuple[int, ...]] = {}
    for end, number in found:
        kind = codes[number].kind
        if kind in (PlaceholderKind.BETWEEN, PlaceholderKind.CLOSES) and place:
            place.pop()
        if kind in (PlaceholderKind.BETWEEN, PlaceholderKind.OPENS):
            place.append(number)
        if kind not in _BLOCK and not end:
            within[number] = tuple(place)
    return within


def _is_nested(codes: Mapping[int, Placeholder], found: Sequence[tuple[bool, int]]) -> bool:
    """Tell whether each pair and each block ends before what it stands in does."""
    waiting: list[int] = []
    for end, number in found:
        code = codes[number]
        if (code.kind is PlaceholderKind.PAIR and not end) or code.kind is PlaceholderKind.OPENS:
            waiting.append(number)
        elif code.kind is PlaceholderKind.PAIR:
            if not waiting or waiting.pop() != number:
                return False
        elif code.kind is PlaceholderKind.CLOSES and waiting:
            closed = codes[waiting.pop()]
            if closed.kind is not PlaceholderKind.OPENS:
                return False
    return True
