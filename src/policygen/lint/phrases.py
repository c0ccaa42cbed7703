"""Phrases that are looked for in the wording: those of the house style, and times."""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNIT = r"(?:working )?(?:minute|hour|day|week|month|quarter|year)s?"
_ONE = "an?|one"
_MANY = r"\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|thirty"
LIMIT = re.compile(rf"\b({_ONE}|{_MANY}) ({_UNIT})\b", re.I)
_WITHIN = rf"within (?:{_ONE}|{_MANY})"
_EVERY = rf"(?:every|each)(?: (?:{_MANY}))?"
_OFTEN = rf"(?:once|twice|times) (?:{_ONE})"
_PROMISE = rf"(?:{_WITHIN}|{_EVERY}|{_OFTEN}) {_UNIT}"
_TIMES = re.compile(rf"\b(?:{_PROMISE}|(?:{_MANY}) {_UNIT})\b", re.I)
_PROMISES = re.compile(rf"\b{_PROMISE}\b", re.I)


def any_of(keys: Sequence[str]) -> re.Pattern[str]:
    """Any of the phrases; a star at the end of one stands for any ending."""
    forms = (re.escape(key.rstrip("*")) + (r"\w*" if key.endswith("*") else "") for key in keys)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.I)


def times(recurring: Sequence[str], *, tells_how: bool) -> tuple[re.Pattern[str], ...]:
    """Return what finds a time in a text, such as "within 3 days", "twice a week" or "weekly".

    A time that a body promises should be a fact. `recurring` has words like weekly. A text that
    only `tells_how` may say how long something takes ("two hours").
    """
    typed = _PROMISES if tells_how else _TIMES
    return (typed, any_of(recurring)) if recurring else (typed,)
