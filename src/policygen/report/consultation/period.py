"""Whether a consultation is as long as the policy promises."""

from __future__ import annotations

import re
from datetime import date, timedelta

from policygen.model.consultation.record import Consultation
from policygen.model.language import subtag
from policygen.model.policy import Policy

_PROMISE = "consultation"
_DAYS = {"working day": 1, "day": 1, "week": 5, "month": 21}  # of work
_TIME = re.compile(r"(\d+)\s+(working day|day|week|month)s?")


def promised_time(policy: Policy) -> str:
    """Return how long the policy promises that a draft is open to comment; "" for no promise."""
    return next((one.text for one in policy.commitments if one.name == _PROMISE), "")


def working_days(first: date, last: date) -> int:
    """Count Mondays to Fridays from one day to another, both with it; holidays count too."""
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return sum(day.weekday() < 5 for day in days)


def keeps_promise(policy: Policy, consultation: Consultation) -> bool | None:
    """Tell whether it is as long as promised; None where no promise can be read, in English."""
    found = _TIME.search(promised_time(policy)) if subtag(policy.language) == "en" else None
    if not found:
        return None
    days = working_days(consultation.opens, consultation.closes)
    return days >= int(found[1]) * _DAYS[found[2]]
