"""One line of wording <-> a text for a translator: facts, blocks and marks become codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from policygen.model.translation.pack import Placeholder, PlaceholderKind, Segment

# What is no text, by the first of these that fits. A link or strong words are a pair around text.
_CODE = re.compile(
    r"(?P<fact>\{\{.*?\}\})"
    r"|\{%[-+]?\s*(?P<word>\w+).*?%\}"
    r"|(?P<mark>`+[^`]+`+|<[^<>\s]+>|\[\^[^\]]+\])"
    r"|\[(?P<linked>(?:[^\[\]]|\\.)+)\](?P<address>\((?:\{\{.*?\}\}|[^()\s])*\)|\{lang=[\w-]+\})"
    r"|(?P<strong>\*\*|__)(?=\S)(?P<strong_words>.+?)(?<=\S)(?P=strong)"
    r"|(?P<stress>[*_])(?=\S)(?P<stress_words>.+?)(?<=\S)(?P=stress)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
)
_BLOCK_WORDS = {
    "if": PlaceholderKind.OPENS,
    "for": PlaceholderKind.OPENS,
    "elif": PlaceholderKind.BETWEEN,
    "else": PlaceholderKind.BETWEEN,
    "endif": PlaceholderKind.CLOSES,
    "endfor": PlaceholderKind.CLOSES,
}
TOKEN = re.compile(r"\{(/?)([1-9][0-9]{0,2})\}")
_LAST_TOKEN = re.compile(f"{TOKEN.pattern}$")
# Characters that Markdown might read as more than text, wherever they stand or at a line's start.
_SPECIAL = re.compile(r"[\\`*_<|~^]|\](?=[(\[{:])|\[(?=\^)|&(?=#?\w+;)")
_AT_START = re.compile(
    r"(?P<mark>[-+#>=:](?=[\s:=#-]|$)|:::)|(?P<digits>[0-9]{1,9})(?=[.)](?:\s|$))"
)

Shown = Callable[[str], str]


def cut_codes(line: str, shown: Shown) -> tuple[str, tuple[Placeholder, ...]]:
    """Return a line's text with {1} in place of each code, and the codes.

    `shown` says of the source of a fact or a block what a translator should know of it.
    """
    codes: list[Placeholder] = []
    text = "".join(_cut(line, codes, shown))
    return text, tuple(sorted(codes, key=lambda code: code.number))


def _cut(line: str, codes: list[Placeholder], shown: Shown) -> Iterator[str]:
    at = 0
    for found in _CODE.finditer(line):
        yield line[at : found.start()]
        at = found.end()
        if found["escaped"]:
            yield found["escaped"]
            continue
        inner, code = _code(found, len(codes) + 1, shown)
        codes.append(code)
        if code.kind is PlaceholderKind.PAIR:
            yield f"{{{code.number}}}"
            yield from _cut(inner, codes, shown)
            yield f"{{/{code.number}}}"
        else:
            yield f"{{{code.number}}}"
    yield line[at:]


def _code(found: re.Match[str], number: int, shown: Shown) -> tuple[str, Placeholder]:
    """Return the words within a pair, and the code that was found."""
    source = found[0]
    if found["fact"]:
        return "", Placeholder(number, PlaceholderKind.FACT, source, shown=shown(source))
    if found["word"]:
        kind = _BLOCK_WORDS.get(found["word"], PlaceholderKind.MARK)
        return "", Placeholder(number, kind, source, shown=shown(source))
    if found["mark"]:
        return "", Placeholder(number, PlaceholderKind.MARK, source, shown=source)
    if found["linked"]:
        end = f"]{found['address']}"
        return found["linked"], Placeholder(
            number, PlaceholderKind.PAIR, "[", end, f"link {found['address']}"
        )
    mark = found["strong"] or found["stress"]
    said = "strong words" if found["strong"] else "words set apart"
    return found["strong_words"] or found["stress_words"], Placeholder(
        number, PlaceholderKind.PAIR, mark, mark, said
    )


def with_spaces_outside(text: str, segment: Segment) -> str:
    """Return a translated text in which no pair begins or ends with a space.

    People leave one beside a code, and Markdown would then print the stars of strong words.
    """
    for code in reversed(segment.codes):  # an inner pair has a higher number than the outer one
        if code.kind is PlaceholderKind.PAIR:
            opens, closes = f"{{{code.number}}}", f"{{/{code.number}}}"
            text = re.sub(rf"{re.escape(opens)}\s+", f" {opens}", text)
            text = re.sub(rf"\s+{re.escape(closes)}", f"{closes} ", text)
    return " ".join(text.split())


def visible_marks(text: str, segment: Segment) -> Iterator[int]:
    """Yield the number of each pair whose stars would print as stars: they stand within a word.

    A star marks words only where letters and punctuation beside it say that it opens or closes.
    """
    codes = {code.number: code for code in segment.codes}
    for found in TOKEN.finditer(text):
        code, closes = codes[int(found[2])], bool(found[1])
        if code.kind is not PlaceholderKind.PAIR or code.source == "[":
            continue
        before = _beside(text[: found.start()], -1, codes)
        after = _beside(text[found.end() :], 0, codes)
        if before is None or after is None:
            continue
        inner, outer = (before, after) if closes else (after, before)
        # Of a word's own side there are letters; or else nothing of a word on the other.
        is_mark = inner == "w" or outer != "w"
        if code.source.startswith("_"):
            is_mark = outer != "w"
        if not is_mark:
            yield code.number


def _beside(text: str, at: int, codes: Mapping[int, Placeholder]) -> str | None:
    """Return what stands beside a mark at an end of a text: w of a word, p for punctuation, or "".

    None where only the printed text will tell.
    """
    found = _LAST_TOKEN.search(text) if at else TOKEN.match(text)
    if found is None:
        sign = text[at:][:1] if at else text[:1]
    else:
        code = codes[int(found[2])]
        if code.kind is PlaceholderKind.FACT:
            return "w"
        is_link = code.kind is PlaceholderKind.PAIR and code.source == "["
        if code.kind is not PlaceholderKind.MARK and not is_link:
            return None
        sign = (code.end if found[1] else code.source)[at]
    if not sign or sign.isspace():
        return ""
    return "p" if unicodedata.category(sign)[0] in "PS" else "w"


def put_codes(text: str, segment: Segment) -> str:
    """Return a translated text as a line of wording: codes as they were, all else plain text."""
    codes = {code.number: code for code in segment.codes}
    parts: list[str] = []
    at = 0
    for found in TOKEN.finditer(text):
        parts.append(_SPECIAL.sub(r"\\\g<0>", text[at : found.start()]))
        code = codes[int(found[2])]
        parts.append(code.end if found[1] else code.source)
        at = found.end()
    parts.append(_SPECIAL.sub(r"\\\g<0>", text[at:]))
    # What the words themselves begin with, such as the number in a cell, they may begin with.
    start = None if _AT_START.match(segment.source) else _AT_START.match(text)
    if start:
        at = start.end() if start["digits"] else 0
        parts[0] = f"{parts[0][:at]}\\{parts[0][at:]}"
    return "".join(parts)
