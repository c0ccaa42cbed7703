"""The workers of a Dask scheduler, asked whether they can build, and given bodies."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from policygen.pipeline.fleet.build_order import Body
from policygen.pipeline.fleet.cluster.parcel import Parcel
from policygen.pipeline.fleet.cluster.worker import Kit, WorkerVersions, other_versions, versions
from policygen.pipeline.fleet.fleet import LONGEST
from policygen.pipeline.publish.publish import Publication
from policygen.problems import PolicygenError, Problem

if TYPE_CHECKING:
    from distributed import Client, Future

_PATIENCE = 10.0  # seconds: for the scheduler to answer, and for a first worker to be there
_TRIES = 3  # for workers to take what all bodies share
_PAUSE = 2.0  # seconds between two looks at who is left
_WITHOUT_WORKERS = 60.0  # seconds: a worker that ended is started again meanwhile

_START = "Start it with `dask scheduler`, and workers with `dask worker` (docs/build-a-fleet.md)."


@contextmanager
def cluster_at(address: str, kit: Kit) -> Iterator[Cluster]:
    """Give the workers at a scheduler's address, with a kit on each.

    Raises PolicygenError where the scheduler cannot be reached, and where a worker cannot build, or
    would make other bytes than this machine.
    """
    with _quiet(), _client(address) as client:
        workers = _workers(client, address)
        _require_able(client, workers, kit.versions)
        name = f"policygen-{secrets.token_hex(8)}"
        _set_up_benches(client, address, name, kit)
        try:
            yield Cluster(client, address, name, len(workers))
        finally:
            with suppress(OSError):  # the scheduler has ended
                client.unregister_worker_plugin(name)


@contextmanager
def _quiet() -> Iterator[None]:
    """Within this, Dask logs nothing: what matters of it is a Problem."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


class Cluster:
    """Workers that make the files of bodies."""

    def __init__(self, client: Client, address: str, name: str, size: int) -> None:
        from policygen.pipeline.fleet.cluster.plugin import make_at_bench

        self.size = size
        self._client = client
        self._address = address
        self._name = name
        self._make = make_at_bench

    def submit(self, body: Body, parcel: Parcel) -> Future[Any]:
        """Hand out a body.

        An executor of Dask's would leave its futures waiting for ever when the scheduler is gone.
        """
        return self._client.submit(self._make, self._name, body, parcel, pure=False)

    def result(self, future: Future[Any]) -> Publication | tuple[Problem, ...] | str:
        """Wait for what a worker made of a body, or for why it could not: a text.

        Raises PolicygenError where scheduler or workers are gone.
        """
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        began = alive = time.monotonic()
        while True:
            try:
                made: Publication | tuple[Problem, ...] = future.result(_PAUSE)
                return made
            except KilledWorker:
                return "it ended several workers, most likely for want of memory"
            except FutureCancelledError:
                raise PolicygenError([_unusable(self._address, "it has ended")]) from None
            except TimeoutError:
                now = time.monotonic()
            if self._client.scheduler_info()["workers"]:
                alive = now
            elif now - alive > _WITHOUT_WORKERS:
                raise PolicygenError([_unusable(self._address, "all its workers have ended")])
            if now - began > LONGEST:
                future.cancel()  # type: ignore[no-untyped-call]  # no types
                return f"it took longer than {LONGEST:g} seconds"


def _client(address: str) -> Client:
    """Return a client of the scheduler. Raises PolicygenError."""
    try:
        from distributed import Client
    except ImportError:
        what = "Building on other machines needs dask's distributed, which is not installed."
        mend = 'Install policygen with its extra `fleet`: pip install "policygen[fleet]".'
        raise PolicygenError([Problem(what, mend, code="PG471")]) from None
    try:
        options = {"timeout": _PATIENCE, "set_as_default": False}
        return Client(address, **options)  # type: ignore[no-untyped-call]  # no types
    except (OSError, ValueError, TypeError) as error:
        why = "it does not answer" if isinstance(error, OSError) else "this is no address"
        raise PolicygenError([_unusable(address, why)]) from None


def _unusable(address: str, why: str) -> Problem:
    what = f"The scheduler at {address} cannot be used: {why}."
    return Problem(what, _START, code="PG471")


def _workers(client: Client, address: str) -> Mapping[str, Any]:
    """Return what the scheduler knows of each worker, by address. Raises PolicygenError."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        raise PolicygenError([_unusable(address, "it has no workers")]) from None
    workers: Mapping[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
    return workers


def _require_able(client: Client, workers: Mapping[str, Any], ours: WorkerVersions) -> None:
    """Raise PolicygenError where a worker would make other bytes, or several bodies at once."""
    several = sorted(one for one, told in workers.items() if told["nthreads"] > 1)
    if several:
        what = f"A worker builds one body at a time, and {several[0]} has several threads."
        mend = "Start it with one thread (docs/build-a-fleet.md)."
        raise PolicygenError([Problem(what, mend, code="PG472")])
    _asked(client, version, "policygen")  # what any worker can be asked
    found = _asked(client, versions)
    if others := {one: told for one, told in found.items() if told != ours}:
        raise PolicygenError([other_versions(others, ours)])


def _asked(client: Client, ask: Callable[..., Any], *given: str) -> dict[str, Any]:
    """Return what each worker answers. One that ends meanwhile says nothing.

    What is started in its place is asked at its bench. Raises PolicygenError where policygen is
    lacking.
    """
    told = client.run(ask, *given, on_error="return")
    lacking = sorted(one for one, answer in told.items() if isinstance(answer, ImportError))
    if lacking:
        what = f"policygen is not installed on the worker {lacking[0]}."
        mend = "Install the same policygen there, with its extra `fleet`."
        raise PolicygenError([Problem(what, mend, code="PG472")])
    answers = {one: answer for one, answer in told.items() if not isinstance(answer, OSError)}
    for answer in answers.values():
        if isinstance(answer, Exception):
            raise answer
    return answers


def _set_up_benches(client: Client, address: str, name: str, kit: Kit) -> None:
    """Put a kit on each worker, on one that joins later too. Raises PolicygenError."""
    from policygen.pipeline.fleet.cluster.plugin import BenchPlugin

    for _ in range(_TRIES):
        try:
            client.register_plugin(BenchPlugin(name, kit), name)
        except OSError:  # a worker ended just then
            time.sleep(_PAUSE)
        else:
            return
    raise PolicygenError([_unusable(address, "its workers end as they are given work")])
