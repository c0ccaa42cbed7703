"""`policygen accept`: stamp the organisations' edits after somebody has reviewed them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policygen.load.profile.path import find_profile
from policygen.pipeline.compose_profile import compose_profile
from policygen.pipeline.workspace import Workspace
from policygen.problems import Location, PolicygenError, Problem, nearest
from policygen.store.stamp import Stamp, restamp


def accept(names: Iterable[str], workspace: Workspace, ids: Sequence[str] = ()) -> list[Stamp]:
    """Stamp the edits of some organisations that are stale or bear no stamp; `ids` narrows them.

    Raises PolicygenError, for an unknown id too; then nothing is stamped.
    """
    names = list(names)
    stamps: list[Stamp] = []
    edited: list[str] = []
    for name in names:
        policy = compose_profile(find_profile(name), workspace).policies[0]
        for id, origin in policy.origins():
            if origin.layer != "organisation" or origin.edit == "add":
                continue
            edited.append(id)
            wanted = not ids or id in ids
            if wanted and origin.was != origin.beneath:
                location = Location(origin.path, origin.line)
                stamps.append(Stamp(location, id, origin.beneath))
    owners = ", ".join(names) or "No profile"
    unknown = [
        Problem(f'{owners} does not edit "{id}".', nearest(id, edited), code="PG630")
        for id in ids
        if id not in edited
    ]
    if unknown:
        raise PolicygenError(unknown)
    restamp(stamps)
    return stamps
