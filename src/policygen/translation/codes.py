"""One line of wording <-> a text for a translator: facts, blocks and marks become codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

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
