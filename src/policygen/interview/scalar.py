"""Values as YAML that reads back as just the same, here and in any other program."""

from __future__ import annotations

import json
import re
from datetime import date

# What some reader of YAML takes for something else than a text.
_WORDS = ("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf")
_MARKS = " .,/@_'’()&+–-"


def scalar(value: object) -> str:
    """A text, a whole number, a date, or yes and no. A text stands without quotes where nobody can misread it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, date)):
        return str(value)
    text = str(value)
    return text if _plain(text) else _quoted(text)


def key(name: str) -> str:
    """A key of a block, such as a language."""
    return (
        name
        if re.fullmatch(r"[A-Za-z][\w-]*", name) and name.lower() not in _WORDS
        else _quoted(name)
    )


def _plain(text: str) -> bool:
    address = re.fullmatch(r"https?://[\w./~%=?&+-]+", text, re.A)
    simple = text[:1].isalpha() and all(c.isalnum() or c in _MARKS for c in text)
    return bool(address or simple) and text.lower() not in _WORDS


def _quoted(text: str) -> str:
    """In double quotes, with what does not show (a joiner, a mark of direction) as its number."""
    return "".join(
        c if c.isprintable() else _number(c) for c in json.dumps(text, ensure_ascii=False)
    )


def _number(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
