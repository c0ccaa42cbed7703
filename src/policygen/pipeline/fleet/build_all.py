"""`policygen build`: every body that was asked for, in order; what has not changed stays."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from contextlib import closing
from pathlib import Path

from policygen.model.fragment import Library
from policygen.pipeline.fleet.build_order import Body, BuildOrder, BuiltBody
from policygen.pipeline.fleet.work_through import OnBegin, shared_library, work_through
from policygen.pipeline.names.names import require_buildable
from policygen.pipeline.unchanged import build_fingerprint, last_build
from policygen.pipeline.workspace import Workspace
from policygen.store.built.manifest import read_manifest, renew_manifest, require_place_for_manifest


def with_fingerprints(
    named: Sequence[tuple[Path, str]], order: BuildOrder, workspace: Workspace, on_begin: OnBegin
) -> list[Body]:
    """Return the bodies of (profile, version), each with the fingerprint of its build.

    `on_begin` hears the name of each.
    """
    bodies = []
    for profile, version in named:
        body = Body(profile, version)
        on_begin(body.name)
        if not version:  # a release is printed from what was frozen
            wanted = (workspace, order.editions, order.formats, order.audience)
            body = body._replace(fingerprint=build_fingerprint(profile, *wanted, site=order.site))
        bodies.append(body)
    return bodies


def build_all(
    bodies: Sequence[Body],
    order: BuildOrder,
    workspace: Workspace,
    jobs: int,
    on_begin: OnBegin,
    scheduler: str = "",
) -> Generator[BuiltBody, None, None]:
    """Yield the outcome of each body, in their order, built by so many processes at once.

    With the address of a `scheduler`, its workers build them. In the end the manifest has all that
    stands there. `on_begin` hears the name of each body.
    Raises PolicygenError where the library itself, or the scheduler, cannot be used.
    """
    standing, left = _apart(bodies, order)
    library = None
    if left:
        require_place_for_manifest(order.out)
        library = _library(left, order, workspace)
    if scheduler and left:
        from policygen.pipeline.fleet.cluster.build import build_on_cluster

        building = build_on_cluster(order, left, workspace, scheduler, on_begin)
    else:
        building = work_through(order, left, workspace, library, jobs, on_begin)
    try:
        # Whoever is still at work ends first: the manifest has what they finished, too.
        with closing(building) as built:
            for body in bodies:
                if body in standing:
                    on_begin(body.name)
                yield standing.get(body) or next(built)
    finally:
        renew_manifest(order.out)


def _apart(bodies: Sequence[Body], order: BuildOrder) -> tuple[dict[Body, BuiltBody], list[Body]]:
    """Return each body whose last build still stands, with its files, and those to be built.

    Whoever takes the manifest away has everything built.
    """
    manifest = read_manifest(order.out)
    standing, left = {}, []
    for body in bodies:
        earlier = last_build(body.profile, body.fingerprint, order.out, manifest)
        if earlier:
            paths, problems = earlier.paths, earlier.problems
            standing[body] = BuiltBody(body, paths, problems, is_unchanged=True)
        else:
            left.append(body._replace(listed=tuple(manifest.files[body.name])))
    return standing, left


def _library(bodies: Collection[Body], order: BuildOrder, workspace: Workspace) -> Library | None:
    """Return the library that the bodies share, if any do; a release has its own.

    Raises PolicygenError, for an edition or a format that it does not know too.
    """
    library = shared_library((body.profile for body in bodies if not body.version), workspace)
    if library:
        require_buildable(order.editions, order.formats, library.outline, order.audience)
    return library
