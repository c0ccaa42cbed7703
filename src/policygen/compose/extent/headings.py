"""Whether the headings that a body demands hold every section of its policy, and something each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygen.model.fragment import Organisation
from policygen.model.policy import Section
from policygen.model.profile import BACK_MATTER
from policygen.problems import Level, Problem

_NAMED = 4  # sections that a message names


def heading_faults(organisation: Organisation, sections: Sequence[Section]) -> Iterator[Problem]:
    """Yield a warning for sections under no heading, and for a heading with nothing under it.

    `sections` are those that the policy has.
    """
    headings = organisation.profile.contents.headings
    if not headings:
        return
    ids = [section.id for section in sections]
    named = {id for heading in headings for id in heading.sections}
    rest = [id for id in ids if id not in named]
    field = ("contents", "headings")
    if rest and not any(heading.rest for heading in headings):
        more = f" and {len(rest) - _NAMED} more" if len(rest) > _NAMED else ""
        what = f"No heading holds {', '.join(rest[:_NAMED])}{more}: a last heading of ours does."
        mend = "Name each under a heading, or let one take all others: `rest: true`."
        location = organisation.location(field)
        yield Problem(what, mend, location, Level.WARNING, code="PG350", field=field)
    there = {*ids, *BACK_MATTER}
    for number, heading in enumerate(headings):
        holds = there.intersection(heading.sections) or (heading.rest and rest)
        if not (holds or heading.text or heading.see):
            at = (*field, number)
            what = f'Nothing of this policy stands under the heading "{_title(heading.title)}".'
            mend = "Say in one line where it is covered (`text`), or in which document (`see`)."
            location = organisation.location((*at, "title"))
            yield Problem(what, mend, location, Level.WARNING, code="PG351", field=at)


def _title(title: object) -> str:
    return str(next(iter(title.values()), "")) if isinstance(title, dict) else str(title)
