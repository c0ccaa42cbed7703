"""`policygen build`: every body that was asked for, in order; what has not changed stays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import closing
from pathlib import Path

from policygen.pipeline.fleet.fleet import built_in_order
from policygen.pipeline.fleet.order import Body, BuildOrder, BuiltBody
from policygen.pipeline.fleet.processes import starter
from policygen.pipeline.names.names import require_buildable
from policygen.pipeline.unchanged import build_fingerprint, last_build
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError
from policygen.store.built.manifest import read_manifest, renew_manifest, require_place_for_manifest
from policygen.write.writer import Prepared, writer

OnBegin = Callable[[str], None]

_MANY = 40  # bodies whose words alone take longer than processes take to start


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
    bodies: Sequence[Body], order: BuildOrder, workspace: Workspace, jobs: int, on_begin: OnBegin
) -> Generator[BuiltBody, None, None]:
    """Yield the outcome of each body, in their order, built by so many processes at once.

    In the end the manifest has all that stands there. `on_begin` hears the name of each body.
    Raises PolicygenError where the library itself cannot be used.
    """
    standing, left = _apart(bodies, order)
    if left:
        require_place_for_manifest(order.out)
        _require_library(left, order, workspace)
    with closing(_built(left, order, workspace, jobs, on_begin)) as built:
        try:
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


def _require_library(bodies: Collection[Body], order: BuildOrder, workspace: Workspace) -> None:
    """Read the library before any profile, so that its faults come first, and once.

    A library that all profiles name for themselves is read with them, and a release has its own.
    Raises PolicygenError, for an edition or a format that it does not know too.
    """
    profiles = [body.profile for body in bodies if not body.version]
    if any(_has_shared_library(profile, workspace) for profile in profiles):
        outline = workspace.library.outline
        require_buildable(order.editions, order.formats, outline, order.audience)


def _has_shared_library(profile: Path, workspace: Workspace) -> bool:
    """Tell whether a profile names no templates of its own, as far as one can tell."""
    try:
        return workspace.templates_of(profile) == workspace.templates
    except PolicygenError:  # told when its turn comes
        return False


def _built(
    bodies: Sequence[Body], order: BuildOrder, workspace: Workspace, jobs: int, on_begin: OnBegin
) -> Generator[BuiltBody, None, None]:
    """Yield the outcome of each body that has to be built."""
    if min(jobs, len(bodies)) < 2 or not _is_worth_processes(bodies, order):
        for body in bodies:
            on_begin(body.name)
            yield order.build(body, workspace)
        return
    shares = any(_has_shared_library(body.profile, workspace) for body in bodies)
    library = workspace.library if shares else None
    with (
        starter(order, workspace.templates, library, order.formats) as start,
        closing(built_in_order(bodies, start, min(jobs, len(bodies)))) as outcomes,
    ):
        for outcome in outcomes:
            on_begin(outcome.body.name)
            yield outcome


def _is_worth_processes(bodies: Sequence[Body], order: BuildOrder) -> bool:
    """Tell whether several processes are done sooner than one, though each takes time to start."""
    is_slow = any(isinstance(writer(format), Prepared) for format in order.formats)
    return is_slow or len(bodies) >= _MANY
