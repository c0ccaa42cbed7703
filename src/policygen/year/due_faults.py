"""What `check` says of dates: what is overdue, near or running, as Problems at their facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from policygen.model.fragment import Organisation
from policygen.model.language import format_day
from policygen.model.policy import Policy
from policygen.model.year.due_date import DueDate, DueState
from policygen.problems import Level, Message, Problem

_LANGUAGE = "en-GB"  # as the commands are
_CHECKLIST = "election-start"  # an edition, of a library that has it
_FEW = 5  # sources whose ids a sentence names


def due_faults(
    organisation: Organisation, policy: Policy, dates: Iterable[DueDate], on: date
) -> Iterator[Problem]:
    """Yield a Problem for each date that asks for something on a day.

    A superseded policy asks for nothing, and a draft has no review to miss.
    """
    status = policy.profile.policy.status
    if status == "superseded":
        return
    faults = _Faults(organisation, policy, on)
    for one in dates:
        state = one.state(on)
        match one.kind:
            case "review" if status == "approved":
                yield from faults.review(one, state)
            case "election":
                yield from faults.election(one, state)
            case "commitment" if state in (DueState.PAST, DueState.NEAR):
                yield faults.commitment(one)
            case "assessment":
                yield faults.assessment(one)
            case "sources" if state is DueState.PAST:
                yield faults.sources(one)
            case "law" if one.about and state is not DueState.LATER:
                yield faults.law(one, state)


class _Faults:
    """The sentences of one body on one day."""

    def __init__(self, organisation: Organisation, policy: Policy, on: date) -> None:
        self._organisation = organisation
        self._policy = policy
        self._on = on

    def review(self, one: DueDate, state: DueState) -> Iterator[Problem]:
        """An error once the day has passed: the policy says itself that it is out of date."""
        day = _day(one.day)
        mend = (
            "Review it, release the version that comes of it, and write the next date here; or, "
            "if whoever approves it puts the review off, write the new date."
        )
        if state is DueState.PAST:
            what = f"The policy was to be reviewed by {day}, and still says that it is approved."
            yield self._problem(one, what, mend, Level.ERROR, "PG560")
        elif state is DueState.NEAR:
            what = f"The policy is to be reviewed by {day}, {_when(self._on, one.day)}."
            mend = f"Ask {one.who} to begin: a review takes about half a year."
            yield self._problem(one, what, mend, Level.WARNING, "PG561")

    def election(self, one: DueDate, state: DueState) -> Iterator[Problem]:
        """An advice while something can be done, a warning once the policy prints an old date."""
        mend = "Print the election briefing for everyone who looks after an account."
        if _CHECKLIST in self._policy.outline.editions:
            name = self._organisation.name
            mend = Message(
                f"Print the list for it: `policygen build {name} -e {_CHECKLIST}`.",
                on_page="Download the list for it on the page Download.",
            )
        match state:
            case DueState.NEAR:
                when = f"begins on {_day(one.day)}, {_when(self._on, one.day)}"
                yield self._problem(one, f"{one.what} {when}.", mend, Level.ADVICE, "PG562")
            case DueState.RUNNING:
                what = f"{one.what} is running, until the end of {_day(one.last_day)}."
                yield self._problem(one, what, mend, Level.ADVICE, "PG562")
            case DueState.PAST:
                what = f"{one.what} ended on {_day(one.last_day)}, and the policy still prints it."
                mend = "Take it out of `elections`, or put the next vote in its place."
                yield self._problem(one, what, mend, Level.WARNING, "PG563")

    def commitment(self, one: DueDate) -> Problem:
        """An advice around the day: nobody but the body knows whether it was done."""
        is_past = one.state(self._on) is DueState.PAST
        what = f"{one.what}: {'it was ' if is_past else ''}due on {_day(one.day)}."
        mend = f"Ask {one.who} whether it is done, or switch it off under `commitments`."
        return self._problem(one, what, mend, Level.ADVICE, "PG565")

    def assessment(self, one: DueDate) -> Problem:
        """A warning once approved: the policy claims an assessment that was of earlier rules."""
        control = self._policy.profile.policy
        made = control.equality_assessment
        what = (
            f"The equality assessment{f' of {_day(made.date)}' if made else ''} is older than the "
            f"policy: a version was approved after it, on {_day(one.day)}, and this is another."
        )
        mend = f"Ask {one.who} to look at what has changed, and write the new date and findings."
        level = Level.WARNING if control.status == "approved" else Level.ADVICE
        return self._problem(one, what, mend, level, "PG566")

    def sources(self, one: DueDate) -> Problem:
        """An advice for all the sources that were last looked up on one day."""
        first = ", ".join(one.about[:_FEW])
        more = len(one.about) - _FEW
        named = f"{first} and {more} more" if more > 0 else first
        what = f"Over a year ago: {one.what[:1].lower()}{one.what[1:]} ({named})."
        mend = (
            "A newer policygen may have looked them up. Or look up whether each still says what "
            "its clauses say, and write who did, and when, under `confirmed`."
        )
        return self._problem(one, what, mend, Level.ADVICE, "PG564")

    def law(self, one: DueDate, state: DueState) -> Problem:
        """A warning for a source that is in force no longer, or not for long."""
        title, clauses = one.what.partition(" is in force")[0], ", ".join(one.about)
        was = "was in force until" if state is DueState.PAST else "is in force until"
        what = f"{title} {was} {_day(one.day)}, and is cited by {clauses}."
        mend = "Find out what takes its place, and cite that in an edit of your own."
        return self._problem(one, what, mend, Level.WARNING, "PG567")

    def _problem(self, one: DueDate, what: str, mend: str, level: Level, code: str) -> Problem:
        location = self._organisation.location(one.field)
        is_fact = one.field[0] not in ("sources", "commitments")
        return Problem(what, mend, location, level, code=code, field=one.field if is_fact else ())


def _day(day: date) -> str:
    return format_day(day, _LANGUAGE).replace("\u00a0", " ")


def _when(on: date, day: date) -> str:
    """Return how long it is to a day that is not past, in days or, beyond three of them, weeks."""
    days = (day - on).days
    if days < 2:
        return "tomorrow" if days else "today"
    return f"in {days} days" if days < 21 else f"in {round(days / 7)} weeks"
