"""Roles as they stand in a sentence: nobody asks "Press office"."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model.fragment import Organisation
from policygen.model.outline.style import HouseStyle
from policygen.model.profile import Profile
from policygen.problems import DataPath, Level, Problem

_ARTICLES = ("the", "a", "an", "our", "your")
_PREPOSITIONS = ("of", "for", "in", "at", "to")


def roles(organisation: Organisation, style: HouseStyle) -> Iterator[Problem]:
    """Yield a warning for each role that lacks its article.

    Wording prints a role as it stands: "ask Press office". Which last words need no article, being
    those of a department or a firm ("Resources", "Ltd"), is data: `departments` of the house style.
    """
    for field, role in _english_roles(organisation.profile):
        if not _stands_in_a_sentence(role, style.departments):
            what = f'{".".join(map(str, field))} is printed as "ask {role}".'
            mend = f'Write the role as it stands in a sentence: "the {role}".'
            location = organisation.location(field)
            yield Problem(what, mend, location, Level.WARNING, code="PG715", field=field)


def _stands_in_a_sentence(role: str, departments: tuple[str, ...]) -> bool:
    """Whether a role has its article, or needs none."""
    words = role.split()
    if words[0].lower() in _ARTICLES:
        return True
    named = _noun(words).rstrip(".").lower()
    return named in {department.rstrip(".").lower() for department in departments}


def _noun(words: list[str]) -> str:
    """Return the noun of a role: "Head" in "Head of Legal Services", else the last word."""
    for number, word in enumerate(words[1:], 1):
        if word.lower() in _PREPOSITIONS:
            return words[number - 1]
    return words[-1]


def _english_roles(profile: Profile) -> Iterator[tuple[DataPath, str]]:
    """Yield each role that wording prints, in English where it is given in several languages."""
    for field, role in _roles(profile):
        english = role.get("en") if isinstance(role, dict) else role
        if english:
            yield field, english


def _roles(profile: Profile) -> Iterator[tuple[DataPath, str | dict[str, str] | None]]:
    contacts = {
        ("policy", "owner"): profile.policy.owner,
        ("policy", "approver"): profile.policy.approver,
    }
    for name in type(profile.contacts).model_fields:
        contacts["contacts", name] = getattr(profile.contacts, name)
    for path, contact in contacts.items():
        if contact:
            yield (*path, "role"), contact.role
