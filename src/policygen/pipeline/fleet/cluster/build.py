"""Bodies sent to the workers of a cluster, their files saved here, in the order asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygen.load.files import display_path
from policygen.load.library.on_disk import shipped
from policygen.pipeline.fleet.build_order import Body, BuildOrder, BuiltBody
from policygen.pipeline.fleet.cluster.cluster import Cluster, cluster_at
from policygen.pipeline.fleet.cluster.parcel import Parcel, packed
from policygen.pipeline.fleet.cluster.worker import Kit, versions
from policygen.pipeline.fleet.fleet import AHEAD, ended
from policygen.pipeline.fleet.work_through import OnBegin
from policygen.pipeline.workspace import Workspace
from policygen.problems import Location, PolicygenError, Problem

if TYPE_CHECKING:
    from distributed import Future


def build_on_cluster(
    order: BuildOrder,
    bodies: Sequence[Body],
    workspace: Workspace,
    address: str,
    on_begin: OnBegin,
) -> Generator[BuiltBody, None, None]:
    """Yield the outcome of each body, in their order, made by the workers of a scheduler.

    A release, a body with templates of its own and one whose folder cannot be sent are built here.
    Only so many are handed out that no worker waits, so that few wait here to be saved. Raises
    PolicygenError where the cluster cannot be used.
    """
    templates = tuple(_parcel_of_templates(root) for root in workspace.templates)
    kit = Kit(order, templates, versions(), display_path(shipped("templates")))
    with cluster_at(address, kit) as cluster:
        waiting: deque[tuple[Body, Future[Any] | None]] = deque()
        for number, body in enumerate(bodies):
            parcel = _parcel(body, workspace)
            waiting.append((body, cluster.submit(body, parcel) if parcel else None))
            while waiting and (len(waiting) >= AHEAD * cluster.size or number == len(bodies) - 1):
                body, future = waiting.popleft()
                on_begin(body.name)
                yield _outcome(order, body, future, cluster, workspace)


def _outcome(
    order: BuildOrder,
    body: Body,
    future: Future[Any] | None,
    cluster: Cluster,
    workspace: Workspace,
) -> BuiltBody:
    if future is None:
        return order.work(body, workspace)
    made = cluster.result(future)
    if isinstance(made, str):
        return order.lost(body, ended(order, body, made))
    if isinstance(made, tuple):
        return BuiltBody(body, problems=made)
    try:
        return order.save(body, made)
    except PolicygenError as error:
        return BuiltBody(body, problems=error.problems)


def _parcel(body: Body, workspace: Workspace) -> Parcel | None:
    """Return a body's folder as it can be sent; None for one that is built here."""
    try:
        if body.version or workspace.templates_of(body.profile) != workspace.templates:
            return None
        return packed(body.profile.parent)
    except (OSError, PolicygenError):  # told where it is built
        return None


def _parcel_of_templates(root: Path) -> Parcel:
    try:
        if parcel := packed(root):
            return parcel
        why = "it is too large, or holds a link"
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
    what = f"This folder of templates cannot be sent to other machines: {why}."
    mend = "Give a folder without links, of 20 MB at most, or build on this computer alone."
    raise PolicygenError([Problem(what, mend, Location(str(root)), code="PG471")])
