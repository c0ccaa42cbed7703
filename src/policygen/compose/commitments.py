"""What a body promises: the commitments of its layers, and what its profile says of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policygen.facts.described import describe_fact
from policygen.model.commitment.choice import LARGEST, CommitmentChoice
from policygen.model.commitment.promise import Commitment
from policygen.model.commitment.terms import Amount, CommitmentTerms
from policygen.model.fragment import Layer, Organisation
from policygen.model.language import format_number, localise
from policygen.model.outline.label import fill_label
from policygen.model.profile import Contacts
from policygen.problems import Level, Location, Problem, key_path, nearest

_KEY = "commitments"
_CONTACTS = "contacts."  # begins a `who` that names one of the profile's contacts


@dataclass(frozen=True, slots=True)
class CommitmentValues:
    """Each commitment by its name: its Amount, or False for one that is off.

    `promised` are the same for a Policy, in the order of the layers.
    """

    by_name: Mapping[str, Amount | bool]
    promised: tuple[Commitment, ...]
    problems: tuple[Problem, ...]


def commitment_values(
    layers: Iterable[Layer], organisation: Organisation, language: str, labels: Mapping[str, str]
) -> CommitmentValues:
    """Decide every commitment of a stack, in one language; `labels` print numbers with units."""
    layers = tuple(layers)
    offered = offered_commitments(layers)
    problems = list(_incomplete(offered, layers))
    if problems:
        return CommitmentValues({}, (), tuple(problems))
    chosen = organisation.profile.commitments
    problems += _unknown(chosen, offered, organisation)
    values: dict[str, Amount | bool] = {}
    promised: list[Commitment] = []
    for name, terms in offered.items():
        number = decided_number(terms, chosen.get(name, bool(terms.default)))
        text = amount_text(terms, number, language, labels) if number else ""
        promise = _promise(name, terms, text, organisation, language, labels)
        promised.append(promise)
        values[name] = Amount(number, text) if number else False
        if number and name in chosen:
            problems += _outside_range(promise, terms, number, organisation)
    return CommitmentValues(values, tuple(promised), tuple(problems))


def offered_commitments(layers: Iterable[Layer]) -> dict[str, CommitmentTerms]:
    """Return the commitments that layers offer; a higher layer's words go over a lower one's."""
    offered: dict[str, CommitmentTerms] = {}
    for layer in layers:
        for name, terms in layer.commitments.items():
            offered[name] = terms.over(offered[name]) if name in offered else terms
    return offered


def decided_number(terms: CommitmentTerms, choice: CommitmentChoice) -> int | bool:
    """Return the number that a body promises, or False where it is off."""
    if isinstance(choice, bool):
        return (terms.usual or False) if choice else False
    return choice


def amount_text(
    terms: CommitmentTerms, number: int, language: str, labels: Mapping[str, str]
) -> str:
    """Return a number with its unit: "5 working days", "every month"."""
    digits = format_number(number, language)
    text = fill_label(labels[terms.label(number)], number=digits)
    return text.replace(f"{digits} ", f"{digits}\u00a0", 1)


def _keeper(terms: CommitmentTerms, organisation: Organisation, language: str) -> str:
    """Return who keeps a commitment: the role of the contact that `who` names, else its words."""
    who = str(localise(terms.who, language))
    if not who.startswith(_CONTACTS):
        return who
    contact = getattr(organisation.profile.contacts, who.removeprefix(_CONTACTS))
    role = contact.role if contact else None
    return str(localise(role, language)) if role else describe_fact(who).label


def _promise(
    name: str,
    terms: CommitmentTerms,
    text: str,
    organisation: Organisation,
    language: str,
    labels: Mapping[str, str],
) -> Commitment:
    """Return a commitment for a Policy; `text` is its amount, empty where it is off."""
    who = _keeper(terms, organisation, language)
    says = localise(terms.says, language)
    numbers = (terms.usual or 1, *(terms.range or (1, LARGEST)))
    usual, least, most = (amount_text(terms, number, language, labels) for number in numbers)
    return Commitment(name, text, who, str(says), usual, least, most)


def _incomplete(
    offered: Mapping[str, CommitmentTerms], layers: Sequence[Layer]
) -> Iterator[Problem]:
    """Report a commitment of which the layers do not say enough, or what contradicts itself."""
    for name, terms in offered.items():
        has_unit = bool(terms.unit) != bool(terms.every)
        if not (has_unit and terms.usual and terms.range and terms.who and terms.says):
            what = f'The layers do not say enough of the commitment "{name}".'
            mend = "Give it usual, range, who, says, and either a unit or every."
            yield Problem(what, mend, _place(name, layers), code="PG343")
        elif unknown := _contacts(terms.who) - Contacts.model_fields.keys():
            contact = min(unknown)
            what = f'The commitment "{name}" is kept by a contact that no profile has: "{contact}".'
            mend = nearest(contact, Contacts.model_fields)
            yield Problem(what, mend, _place(name, layers), code="PG343")
        elif not terms.range[0] <= terms.usual <= terms.range[1]:
            least, most = terms.range
            what = f'The commitment "{name}" is usually {terms.usual}, and from {least} to {most} '
            mend = "Change its range or its usual number."
            location = _place(name, layers[::-1])
            yield Problem(f"{what}is reasonable.", mend, location, code="PG344")


def _contacts(who: str | Mapping[str, str]) -> set[str]:
    """Return the contacts that a commitment's `who` names, in any of its languages."""
    texts = [who] if isinstance(who, str) else who.values()
    return {text.removeprefix(_CONTACTS) for text in texts if text.startswith(_CONTACTS)}


def _place(name: str, layers: Iterable[Layer]) -> Location:
    """Where the first of some layers speaks of a commitment."""
    holder = next(layer for layer in layers if name in layer.commitments)
    return holder.fact_locations.get(f"{_KEY}.{name}", Location(holder.location.path))


def _unknown(
    chosen: Mapping[str, CommitmentChoice],
    offered: Mapping[str, CommitmentTerms],
    organisation: Organisation,
) -> Iterator[Problem]:
    for name in chosen:
        if name not in offered:
            field = (_KEY, name)
            what = f'There is no commitment "{name}" in the layers of this policy.'
            location = organisation.location(key_path(field))
            yield Problem(what, nearest(name, offered), location, code="PG340", field=field)


def _outside_range(
    promise: Commitment, terms: CommitmentTerms, number: int, organisation: Organisation
) -> Iterator[Problem]:
    """Warn of a number that no body could keep, or that promises nothing."""
    if terms.range is None or terms.range[0] <= number <= terms.range[1]:
        return
    printed = (promise.text, promise.usual, promise.least, promise.most)
    text, usual, least, most = (each.replace("\u00a0", " ") for each in printed)
    field = (_KEY, promise.name)
    what = f"commitments.{promise.name}: {text} is not reasonable ({promise.says})."
    mend = f"Most bodies choose {usual}; from {least} to {most} is reasonable."
    location = organisation.location(field)
    yield Problem(what, mend, location, Level.WARNING, code="PG341", field=field)
