"""Whether a consultation is as long as the policy promises."""

from __future__ import annotations

import re
from datetime import date, timedelta

from policygen.model.consultation.record import Consultation
from policygen.model.policy import Policy

_PROMISE = "consultation"
# How many working days a unit is at least, by the label that prints it.
_DAYS = {"working_days": 1, "days": 1, "weeks": 5, "months": 21}


def promised_time(policy: Policy) -> str:
    """Return how long the policy promises that a draft is open to comment; "" for no promise."""
    return next((one.text for one in policy.commitments if one.name == _PROMISE), "")


def working_days(first: date, last: date) -> int:
    """Count Mondays to Fridays from one day to another, both with it; holidays count too."""
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return sum(day.weekday() < 5 for day in days)


def keeps_promise(policy: Policy, consultation: Consultation) -> bool | None:
    """Tell whether it is as long as promised; None where no promise can be read."""
    promised = _promised_days(policy)
    if not promised:
        return None
    return working_days(consultation.opens, consultation.closes) >= promised


def _promised_days(policy: Policy) -> int:
    """Return the working days that the policy promises, read as its language prints them."""
    told = " ".join(promised_time(policy).split())
    for unit, days in _DAYS.items():
        for ending in ("", "_one"):
            label = policy.outline.labels.get(f"unit_{unit}{ending}", "")
            before, _, after = label.partition("{number}")
            found = re.fullmatch(rf"{re.escape(before)}(\d+){re.escape(after)}", told)
            if label and found:
                return int(found[1]) * days
    return 0
