"""A warning for a consultation that is shorter than the policy promises."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model.consultation.record import Consultation
from policygen.model.fragment import Organisation
from policygen.model.policy import Policy
from policygen.problems import Level, Problem
from policygen.report.consultation.period import keeps_promise, promised_time, working_days


def period_fault(
    organisation: Organisation, policy: Policy, consultation: Consultation
) -> Iterator[Problem]:
    """Yield a warning for a consultation that is shorter than the policy promises."""
    if keeps_promise(policy, consultation) is not False:
        return
    days = working_days(consultation.opens, consultation.closes)
    what = f"The policy promises {promised_time(policy)} to comment, and these are {days}."
    mend = "Set policy.consultation.closes to a later day, or say in the letters why."
    field = ("policy", "consultation", "closes")
    location = organisation.location(field)
    yield Problem(what, mend, location, Level.WARNING, code="PG685", field=field)
