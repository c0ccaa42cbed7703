"""Whether a reader of a printed copy learns where the newest version stands."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model.document import ScanCode
from policygen.model.policy import Policy
from policygen.problems import Level, Location, Problem

_FIELD = ("policy", "published_at")


def no_address(policy: Policy) -> Iterator[Problem]:
    """Yield advice for a policy in force that does not say where it is published."""
    control = policy.profile.policy
    has_website = policy.profile.website  # whoever has none has nowhere to publish it
    if control.status == "approved" and has_website and not control.published_at:
        what = "policy.published_at is not given: a printed copy does not say where to look for a "
        what += "newer one."
        mend = "Give the address of the page where this policy stands, once it has one."
        location = Location(policy.profile.name)
        yield Problem(what, mend, location, Level.ADVICE, code="PG722", field=_FIELD)


def long_address(policy: Policy) -> Iterator[Problem]:
    """Yield a warning for an address that is too long for the code on the poster."""
    address = policy.profile.policy.published_at
    if address and not ScanCode.is_neat(address):
        what = f"policy.published_at is too long ({len(address)} characters) for a code to scan."
        mend = "The poster prints the address alone; ask the web team for a shorter one."
        location = Location(policy.profile.name)
        yield Problem(what, mend, location, Level.WARNING, code="PG723", field=_FIELD)
