"""What a body promises: the commitments of its layers, and what its profile says of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policygen.model.commitment.choice import CommitmentChoice
from policygen.model.commitment.terms import Amount, CommitmentTerms
from policygen.model.fragment import Layer, Organisation
from policygen.model.language import format_number
from policygen.model.outline.label import fill_label
from policygen.problems import Level, Place, Problem, nearest

_KEY = "commitments"


@dataclass(frozen=True, slots=True)
class CommitmentValues:
    """Each commitment by its name: its Amount, or False for one that is off."""

    by_name: Mapping[str, Amount | bool]
    problems: tuple[Problem, ...]


def commitment_values(
    layers: Iterable[Layer], organisation: Organisation, language: str, labels: Mapping[str, str]
) -> CommitmentValues:
    """Decide every commitment of a stack, in one language; `labels` print numbers with units."""
    layers = tuple(layers)
    offered = offered_commitments(layers)
    problems = list(_incomplete(offered, layers))
    if problems:
        return CommitmentValues({}, tuple(problems))
    chosen = organisation.profile.commitments
    problems += _unknown(chosen, offered, organisation)
    values: dict[str, Amount | bool] = {}
    for name, terms in offered.items():
        number = decided_number(terms, chosen.get(name, bool(terms.default)))
        values[name] = False
        if number:
            text = amount_text(terms, number, language, labels)
            values[name] = Amount(number, text)
        if number and name in chosen:
            problems += _outside_range(name, terms, number, organisation, language, labels)
    return CommitmentValues(values, tuple(problems))


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


def _incomplete(
    offered: Mapping[str, CommitmentTerms], layers: Iterable[Layer]
) -> Iterator[Problem]:
    """Report a commitment of which the layers together do not say enough."""
    for name, terms in offered.items():
        has_unit = bool(terms.unit) != bool(terms.every)
        if has_unit and terms.usual and terms.range and terms.who and terms.says:
            continue
        holder = next(layer for layer in layers if name in layer.commitments)
        place = holder.places.get(f"{_KEY}.{name}", Place(holder.place.path))
        what = f'The layers do not say enough of the commitment "{name}".'
        mend = "Give it usual, range, who, says, and either a unit or every."
        yield Problem(what, mend, place, code="PG343")


def _unknown(
    chosen: Mapping[str, CommitmentChoice],
    offered: Mapping[str, CommitmentTerms],
    organisation: Organisation,
) -> Iterator[Problem]:
    for name in chosen:
        if name not in offered:
            field = (_KEY, name)
            what = f'There is no commitment "{name}" in the layers of this policy.'
            place = organisation.place((*field, ""))
            yield Problem(what, nearest(name, offered), place, code="PG340", field=field)


def _outside_range(
    name: str,
    terms: CommitmentTerms,
    number: int,
    organisation: Organisation,
    language: str,
    labels: Mapping[str, str],
) -> Iterator[Problem]:
    """Warn of a number that no body could keep, or that promises nothing."""
    if terms.range is None or terms.range[0] <= number <= terms.range[1]:
        return
    numbers = (number, terms.usual or number, *terms.range)
    printed = [amount_text(terms, each, language, labels) for each in numbers]
    text, usual, least, most = (each.replace("\u00a0", " ") for each in printed)
    field = (_KEY, name)
    what = f"commitments.{name}: {text} is not reasonable ({terms.says})."
    mend = f"Most bodies choose {usual}; from {least} to {most} is reasonable."
    place = organisation.place(field)
    yield Problem(what, mend, place, Level.WARNING, code="PG341", field=field)
