"""Values as YAML that reads back as just the same, here and in any other program."""

from __future__ import annotations

import json
import re
from datetime import date

# What some reader of YAML takes for something else than a text.
_WORDS = ("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf")
_MARKS = " .,/@_'’()&+–-"


def yaml_scalar(value: object) -> str:
    """Return a text, a number, a date, or yes and no as YAML, quoted where it may be misread."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, date)):
        return str(value)
    text = str(value)
    return text if _is_plain(text) else yaml_quoted(text)


def yaml_key(name: str) -> str:
    """Return the key of a block, such as a language."""
    is_plain = re.fullmatch(r"[A-Za-z][\w-]*", name) and name.lower() not in _WORDS
    return name if is_plain else yaml_quoted(name)


def _is_plain(text: str) -> bool:
    """Tell whether no reader of YAML takes a text for anything else."""
    if text.lower() in _WORDS:
        return False
    if re.fullmatch(r"https?://[\w./~%=?&+-]+", text, re.A):
        return True
    return text[:1].isalpha() and all(c.isalnum() or c in _MARKS for c in text)


def yaml_quoted(text: str) -> str:
    """Return a text in double quotes.

    What does not show, such as a joiner or a mark of direction, stands as its number.
    """
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else _number(c) for c in quoted)


def _number(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
