"""A clause by the number that a policy prints for it: the documents name numbers, never ids."""

from __future__ import annotations

import re

from policygen.model.policy import Policy
from policygen.problems import Message, PolicygenError, Problem

_NUMBER = re.compile(r"\d+(\.\d+)?")


def is_number(name: str) -> bool:
    """Tell whether a name is a printed number, such as 14.1, or 14 for a section."""
    return _NUMBER.fullmatch(name) is not None


def id_of_number(policy: Policy, number: str) -> str:
    """Return the id of the clause or the section of a number. Raises PolicygenError for none."""
    ids = {section.number: section.id for section in policy.sections}
    ids |= {clause.number: clause.id for clause in policy.clauses() if clause.number}
    if number in ids:
        return ids[number]
    section = number.partition(".")[0]
    last_of_section = [one for one in ids if one.startswith(f"{section}.")][-1:]
    last = last_of_section or [policy.sections[-1].number if policy.sections else "0"]
    what = f'This policy has no clause "{number}".'
    mend = Message(
        f"The last one there is {last[0]}; `policygen list clauses PROFILE` shows every number.",
        on_page=f"The last one there is {last[0]}; the page Contents shows every number.",
    )
    raise PolicygenError([Problem(what, mend, code="PG607")])
