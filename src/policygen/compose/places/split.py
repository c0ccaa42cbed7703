"""One body of several places as a body of each."""

from __future__ import annotations

from dataclasses import replace

from policygen.model.fragment import Organisation


def by_place(organisation: Organisation) -> dict[str, Organisation]:
    """Return an organisation as it would be in each of its places alone."""
    places = organisation.profile.places
    if len(places) == 1:
        return {places[0]: organisation}
    return {
        place: replace(
            organisation, profile=organisation.profile.model_copy(update={"jurisdiction": place})
        )
        for place in places
    }


def whole_organisation(in_one_place: Organisation, organisation: Organisation) -> Organisation:
    """Return an organisation in all its places, with the facts that it has in one of them."""
    jurisdiction = organisation.profile.jurisdiction
    profile = in_one_place.profile.model_copy(update={"jurisdiction": jurisdiction})
    return replace(in_one_place, profile=profile)
