"""What is due in a policy's year: each thing that has a day, and those that matter on one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from policygen.facts.described import describe_fact
from policygen.model.language import format_day, localise
from policygen.model.policy import Policy, Source
from policygen.model.profile import Contact
from policygen.model.year.due_date import DueDate, DueState
from policygen.model.year.recurring_promise import RecurringPromise
from policygen.year.days import days_after, months_after, recurring_days

# How long before its day a thing is near. A review takes half a year: to draft, consult, approve.
REVIEW_MONTHS = 6
ELECTION_DAYS = 42  # to write to partners, change passwords, clear what is scheduled
COMMITMENT_DAYS = 31  # and so long it is told of afterwards
SOURCE_MONTHS = 12  # after which a source is looked up again
SOURCE_DAYS = 31
_CONSULTATION_DAYS = 7
_CONSULTATION = ("policy", "consultation")
_LANGUAGE = "en-GB"  # of these sentences, as of the commands


def due_dates(
    policy: Policy, promises: Iterable[RecurringPromise], first: date, last: date
) -> tuple[DueDate, ...]:
    """Return everything of a policy that has a day, the earliest first.

    What comes round again is told each time from `first` to `last`.
    """
    found = [
        *_review(policy),
        *_elections(policy),
        *_consultation(policy),
        *_assessments(policy),
        *_sources(policy),
        *_law(policy),
        *_commitments(policy, promises, first, last),
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.path)))


def yet_to_come(dates: Iterable[DueDate], on: date) -> tuple[DueDate, ...]:
    """Return the dates that matter on a day: of what comes round again, only the next ones.

    Left out is also what is over and asks for nothing: an old consultation, a law that began.
    """
    kept: list[DueDate] = []
    told: set[str] = set()
    for one in dates:
        state = one.state(on)
        if state is DueState.PAST and one.kind in ("consultation", "law") and not one.about:
            continue
        if one.kind == "commitment":
            if days_after(one.day, COMMITMENT_DAYS) < on:
                continue
            if state is DueState.LATER and one.path in told:
                continue
            if state is not DueState.PAST:
                told.add(one.path)
        kept.append(one)
    return tuple(kept)


def _role(policy: Policy, contact: Contact | None, fact: str) -> str:
    """Return a contact's role, or what the contact is called: "the owner"."""
    role = contact.role if contact else None
    return str(localise(role, policy.language)) if role else f"the {describe_fact(fact).label}"


def unknown_dates(policy: Policy) -> tuple[tuple[str, str], ...]:
    """Return the facts that no date can be told without, each as (path, what it would tell)."""
    control = policy.profile.policy
    wanted = {
        "policy.review_by": (control.review_by, "when the policy is to be reviewed"),
        "policy.issued": (control.issued, "from when its promises count"),
        "elections": (policy.profile.elections, "which votes are to come"),
    }
    return tuple((path, tells) for path, (value, tells) in wanted.items() if not value)


def _owner(policy: Policy) -> str:
    return _role(policy, policy.profile.policy.owner, "policy.owner")


def _lawyer(policy: Policy) -> str:
    return _role(policy, policy.profile.contacts.legal, "contacts.legal")


def _review(policy: Policy) -> Iterator[DueDate]:
    day = policy.profile.policy.review_by
    if day:
        near_from = months_after(day, -REVIEW_MONTHS)
        what = "Review the policy"
        yield DueDate("review", day, what, _owner(policy), ("policy", "review_by"), near_from)


def _elections(policy: Policy) -> Iterator[DueDate]:
    for index, one in enumerate(policy.profile.elections):
        yield DueDate(
            "election",
            one.starts,
            f"{localise(one.event, policy.language)}: the period before the vote",
            _owner(policy),
            ("elections", index),
            days_after(one.starts, -ELECTION_DAYS),
            one.ends,
        )


def _consultation(policy: Policy) -> Iterator[DueDate]:
    dates = policy.profile.policy.consultation
    if not dates:
        return
    if dates.opens and dates.closes:
        near_from = days_after(dates.opens, -_CONSULTATION_DAYS)
        what = "People may comment on the draft"
        field = (*_CONSULTATION, "opens")
        yield DueDate(
            "consultation", dates.opens, what, _owner(policy), field, near_from, dates.closes
        )
    if dates.keep_until:
        near_from = days_after(dates.keep_until, -_CONSULTATION_DAYS)
        what = "Erase the names of those who commented"
        keeper = policy.profile.contacts.data_protection
        who = _role(policy, keeper, "contacts.data_protection")
        field = (*_CONSULTATION, "keep_until")
        yield DueDate("consultation", dates.keep_until, what, who, field, near_from)


def _assessments(policy: Policy) -> Iterator[DueDate]:
    """Yield an equality assessment that was made for an earlier policy, due since this one."""
    assessment = policy.profile.policy.equality_assessment
    since = rules_changed_on(policy)
    if assessment and since and assessment.date < since:
        made = _day(assessment.date)
        what = f"Assess equality again: the assessment of {made} is of the rules before these"
        who = describe_fact("policy.equality_assessment").ask
        field = ("policy", "equality_assessment")
        yield DueDate("assessment", since, what, who, field, since)


def rules_changed_on(policy: Policy) -> date | None:
    """Return the day from which an assessment is of these rules, or None before any release.

    An assessment is made before an approval, so it is older than the version that it is of. It is
    of an earlier policy if it was made before the last approved version that is not this one, and
    this one has other rules than that.
    """
    control = policy.profile.policy
    approved = [one for one in policy.history if one.status == "approved"]
    earlier = [one for one in approved if one.version != control.version]
    if not earlier:
        return None
    this = next((one for one in approved if one.version == control.version), None)
    return earlier[-1].issued if this is None or this.changes else None


def _sources(policy: Policy) -> Iterator[DueDate]:
    """Yield a date for all the sources that were looked up on one day: a year later."""
    by_day: defaultdict[date, list[Source]] = defaultdict(list)
    for source in policy.sources:
        if day := checked_on(policy, source):
            by_day[day].append(source)
    for checked, sources in by_day.items():
        day = months_after(checked, SOURCE_MONTHS)
        many = "1 source" if len(sources) == 1 else f"{len(sources)} sources"
        what = f"Look up again {many}, last checked on {_day(checked)}"
        about = tuple(source.id for source in sources)
        near_from = days_after(day, -SOURCE_DAYS)
        yield DueDate("sources", day, what, _lawyer(policy), ("sources",), near_from, about=about)


def checked_on(policy: Policy, source: Source) -> date | None:
    """Return the day on which somebody last looked a source up, of the library or of the body."""
    confirmation = policy.profile.confirmed.get(source.id)
    if source.status == "unverified":
        return confirmation.on if confirmation else None
    days = [source.checked_on, confirmation.on if confirmation else None]
    return max(filter(None, days), default=None)


def _law(policy: Policy) -> Iterator[DueDate]:
    """Yield the days on which a source that the policy cites begins or ends to be in force.

    What was in force already when somebody looked it up has no day to wait for.
    """
    for source in policy.sources:
        field = ("sources", source.id)
        if source.valid_from and source.valid_from > (source.checked_on or date.min):
            near_from = months_after(source.valid_from, -REVIEW_MONTHS)
            what = f"{source.title} comes into force"
            yield DueDate("law", source.valid_from, what, _lawyer(policy), field, near_from)
        if source.valid_to:
            near_from = months_after(source.valid_to, -REVIEW_MONTHS)
            what = f"{source.title} is in force for the last time"
            clauses = tuple(clause.id for clause in policy.citing(source.id))
            yield DueDate(
                "law", source.valid_to, what, _lawyer(policy), field, near_from, about=clauses
            )


def _commitments(
    policy: Policy, promises: Iterable[RecurringPromise], first: date, last: date
) -> Iterator[DueDate]:
    begins = in_force_since(policy)
    if not begins:
        return
    for promise in promises:
        what = f"{promise.says} ({promise.text})"
        for day in recurring_days(begins, promise.days, promise.months, last):
            if day >= first:
                near_from = days_after(day, -COMMITMENT_DAYS)
                field = ("commitments", promise.name)
                yield DueDate("commitment", day, what, promise.who, field, near_from)


def in_force_since(policy: Policy) -> date | None:
    """Return the day on which the first approved version was issued, from which promises count.

    A small change that is released in between puts nothing off.
    """
    released = [one.issued for one in policy.history if one.status == "approved"]
    issued = policy.profile.policy.issued
    if policy.profile.policy.status == "approved" and issued:
        released.append(issued)
    return min(released, default=None)


def _day(day: date) -> str:
    return format_day(day, _LANGUAGE)
