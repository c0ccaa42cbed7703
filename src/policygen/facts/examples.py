"""What the examples of a policy speak of: words of the services that the body has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from policygen.model.fragment import ExampleWords, Layer, Organisation
from policygen.model.language import localise
from policygen.problems import Location, Problem, nearest

EXAMPLES = "examples."  # begins the path of a word that examples take from a service
_KEY = "services"


def with_services(organisation: Organisation, layers: Iterable[Layer]) -> Organisation:
    """Return the organisation with the services that are usual, if its profile names none."""
    if _KEY in organisation.profile.model_fields_set:
        return organisation
    update = {_KEY: usual_services(layers)}
    return replace(organisation, profile=organisation.profile.model_copy(update=update))


def usual_services(layers: Iterable[Layer]) -> tuple[str, ...]:
    """Return the services that most such bodies have: those of the highest layer that has some."""
    usual: tuple[str, ...] = ()
    for layer in layers:
        usual = layer.services or usual
    return usual


def offered_services(layers: Iterable[Layer]) -> dict[str, ExampleWords]:
    """Return the services that layers know, with the words for examples of each.

    A higher layer's word goes over a lower one's.
    """
    offered: dict[str, ExampleWords] = {}
    for layer in layers:
        for service, words in layer.examples.items():
            offered[service] = {**offered.get(service, {}), **words}
    return offered


def example_words(
    layers: Iterable[Layer], services: Sequence[str], language: str
) -> dict[str, str]:
    """Return each word that examples may ask for, in one language, by its name.

    The first service that has a word gives it; one that none has is not there.
    """
    offered = offered_services(layers)
    found: dict[str, str] = {}
    for service in services:
        for name, word in offered.get(service, {}).items():
            found.setdefault(name, str(localise(word, language)))
    return found


def service_faults(layers: Sequence[Layer], organisation: Organisation) -> Iterator[Problem]:
    """Report the services of a body that no layer knows, where they are named."""
    known = offered_services(layers)
    for number, name in enumerate(organisation.profile.services):
        if name not in known:
            field = (_KEY, number)
            is_own = field in organisation.marks
            location = organisation.location(field) if is_own else _usual_location(name, layers)
            what = f'No layer of this policy knows a service "{name}".'
            mend = f"{nearest(name, known)} Or give its words under `examples` in your layer.yaml."
            yield Problem(what, mend, location, code="PG348", field=field if is_own else ())


def _usual_location(name: str, layers: Iterable[Layer]) -> Location:
    """Where the highest layer that names a service among the usual ones does so."""
    found = Location()
    for layer in layers:
        if name in layer.services:
            number = layer.services.index(name)
            found = layer.fact_locations.get(f"{_KEY}.{number}", Location(layer.location.path))
    return found
