"""Characters that no document can print, and those that nobody can see.

Facts, wording and policy.json are all checked here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_UNPRINTABLE = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}  # Unicode categories
_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e"  # bidirectional embeddings and overrides
_ISOLATES = "\u2066\u2067\u2068"
_END_OF_ISOLATE = "\u2069"
_DEPRECATED = "\u206a\u206b\u206c\u206d\u206e\u206f\ufff9\ufffa\ufffb"  # and annotations
_TAGS = "".join(map(chr, range(0xE0000, 0xE0080)))
# The flags of England, Scotland and Wales: a black flag, the tags of a region, and an end.
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")
_REFUSED = frozenset(_DEPRECATED + _TAGS)
_DIRECTIONS = frozenset(_OVERRIDES + _ISOLATES + _END_OF_ISOLATE)
_INVISIBLE = "\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff"  # pasted, and without meaning
_FOLD = dict.fromkeys(map(ord, _INVISIBLE))
_CONTROLS = {
    "\x00": "NULL",
    "\x07": "BELL",
    "\x08": "BACKSPACE",
    "\t": "CHARACTER TABULATION",
    "\n": "LINE FEED",
    "\x0b": "LINE TABULATION",
    "\x0c": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_SHOWN = 3  # characters that one message names


@dataclass(frozen=True, slots=True)
class BadCharacter:
    """A character that no document can print.

    How far into the text it stands (from 0), and the two sentences of a Problem.
    """

    offset: int
    character: str
    what: str
    mend: str


def character_name(character: str) -> str:
    """Return a character's Unicode name and code point: "LINE SEPARATOR (U+2028)"."""
    name = unicodedata.name(character, "") or _CONTROLS.get(character, "A CONTROL CHARACTER")
    if unicodedata.category(character) in ("Co", "Cn"):
        name = "A CHARACTER WITHOUT A MEANING"
    return f"{name} (U+{ord(character):04X})"


def without_invisible(text: str) -> str:
    """A text without zero-width spaces, soft hyphens and byte order marks.

    They come in by pasting. Joiners stay: some scripts and most emoji are spelt with them.
    """
    return text if text.isascii() else text.translate(_FOLD)


def bad_characters(text: str) -> Iterator[BadCharacter]:
    """Everything in a text that cannot be printed, in order. A line feed and a tab are white space.

    Embeddings and overrides of direction turn round whatever stands after them, so they are
    refused. Isolates are refused where they are not closed on the same line, tags outside a flag.
    """
    suspects = {character for character in set(text) if _suspect(character)}
    if not suspects:
        return
    unpaired = frozenset(_unpaired_isolates(text)) if suspects & _DIRECTIONS else frozenset()
    flags = {offset for flag in _FLAG.finditer(text) for offset in range(*flag.span())}
    for offset, character in enumerate(text):
        if character not in suspects or offset in flags:
            continue
        if character in _ISOLATES or character == _END_OF_ISOLATE:
            if offset in unpaired:
                yield _unpaired(offset, character)
        else:
            yield _bad(offset, character)


def printable_text(text: str) -> str:
    """A stranger's text with a mark for each character that no document can print, line by line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(" ".join(marked_line(line).split()) for line in lines).strip()


def marked_line(line: str) -> str:
    """A line with a mark for each character that no document can print; its spaces stay."""
    line = line.replace("\t", " ")
    bad = {one.offset for one in bad_characters(line)}
    return "".join("\ufffd" if at in bad else sign for at, sign in enumerate(line)) if bad else line


def foreign_letters(name: str, known: Iterable[str]) -> str:
    """What to say of an unknown name that only looks like a known one.

    It is empty if its letters are plain. "р" may be Cyrillic: then no list of names helps, only the
    name of the letter.
    """
    if name.isascii():
        return ""
    usual = set().union(*known)
    foreign = (one for one in dict.fromkeys(name) if not one.isascii())
    odd = [character for character in foreign if character not in usual]
    if not odd:
        return ""
    names = " and ".join(_quoted(character) for character in odd[:_SHOWN])
    return f"It holds {names}: type the name again in plain letters."


def _suspect(character: str) -> bool:
    if character in "\n\t":
        return False
    if character in _DIRECTIONS or character in _REFUSED:
        return True
    return unicodedata.category(character) in _UNPRINTABLE


def _unpaired_isolates(text: str) -> Iterator[int]:
    """The offsets of isolates that are not closed on their line, and of ends that close nothing."""
    opened: list[int] = []
    for offset, character in enumerate(text):
        if character in _ISOLATES:
            opened.append(offset)
        elif character == _END_OF_ISOLATE and opened:
            opened.pop()
        elif character == _END_OF_ISOLATE:
            yield offset
        elif character == "\n":
            yield from opened
            opened.clear()
    yield from opened


def _unpaired(offset: int, character: str) -> BadCharacter:
    what = f"{character_name(character)} has no counterpart on this line."
    mend = "Take it out: letters that are read from right to left need no mark."
    return BadCharacter(offset, character, what, mend)


def _bad(offset: int, character: str) -> BadCharacter:
    if character in _OVERRIDES:
        what = f"{character_name(character)} would turn round the words after it."
        mend = "Take it out: letters that are read from right to left need no mark."
    elif character in _BREAKS:
        what = f"{character_name(character)} cannot be printed."
        mend = "Take it out, and begin a new line in the ordinary way if one is meant."
    else:
        what = f"{character_name(character)} cannot be printed."
        mend = "Take it out."
    return BadCharacter(offset, character, what, mend)


def _quoted(character: str) -> str:
    visible = unicodedata.category(character)[0] in "LNPS"
    return f'"{character}", {character_name(character)}' if visible else character_name(character)
