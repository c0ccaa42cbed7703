"""What a worker of a cluster does: it unpacks a body, makes its files, and sends them back."""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from policygen.load.files import display_root, reason
from policygen.load.library.on_disk import shipped
from policygen.pipeline.fleet.build_order import Body, BuildOrder
from policygen.pipeline.fleet.cluster.parcel import Parcel
from policygen.pipeline.fleet.fleet import LONGEST
from policygen.pipeline.fleet.worker import too_large
from policygen.pipeline.publish.publish import Publication
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem
from policygen.store.built.fingerprint import FingerprintCache


class WorkerVersions(NamedTuple):
    """What two machines must have alike, so that they make the same bytes.

    `policygen` ends with a few digits of what makes it up: its files, its templates, Python and
    all libraries.
    """

    policygen: str
    weasyprint: str
    pango: str

    def __str__(self) -> str:
        return f"policygen {self.policygen}, WeasyPrint {self.weasyprint}, Pango {self.pango}"


def versions() -> WorkerVersions:
    """Return the versions of this machine; a library that it lacks is "none"."""
    templates = shipped("templates")
    with display_root(templates, ""):  # wherever it stands
        cache = FingerprintCache()
        made_of = f"{cache.program_digest()} {cache.root_digest(templates)}"
    digits = sha256(made_of.encode()).hexdigest()[:8]
    try:
        from weasyprint import __version__ as weasyprint  # type: ignore[import-untyped]  # no stubs
        from weasyprint.text.ffi import pango  # type: ignore[import-untyped]  # no stubs

        found = pango.pango_version()
        known = f"{found // 10_000}.{found // 100 % 100}.{found % 100}"
    except (OSError, ImportError):
        weasyprint = known = "none"
    return WorkerVersions(f"{version('policygen')} ({digits})", weasyprint, known)


@dataclass(frozen=True)
class Kit:
    """What all bodies share: it goes to each worker once.

    `templates` are the folders of the command line, lowest first. `versions` are those of the
    machine that they came from, and `shipped` is how our own templates are shown there.
    """

    order: BuildOrder
    templates: tuple[Parcel, ...]
    versions: WorkerVersions
    shipped: str


class Bench:
    """A kit unpacked on a worker, with the library and all else that is read once."""

    def __init__(self, kit: Kit) -> None:
        self.versions = versions()
        self._kit = kit
        self._folder = TemporaryDirectory(prefix="policygen-", ignore_cleanup_errors=True)
        places = [Path(self._folder.name, str(number)) for number in range(len(kit.templates))]
        self._placed = list(zip(kit.templates, places, strict=True))
        self._workspace = Workspace(tuple(one.unpack(place) for one, place in self._placed))
        templates = shipped("templates")
        self._placed.append((Parcel(templates.name, kit.shipped, {}), templates.parent))

    def make(self, body: Body, parcel: Parcel) -> Publication | tuple[Problem, ...]:
        """Make the files of a body, in memory; or tell what its user can mend.

        A body that goes on for too long ends this process, whatever it does.
        """
        if self.versions != self._kit.versions:  # it came after the others were asked
            return (other_versions({"one that joined": self.versions}, self._kit.versions),)
        with open(os.devnull, "w") as nowhere:
            faulthandler.dump_traceback_later(LONGEST, exit=True, file=nowhere)
            try:
                return self._make(body, parcel)
            except PolicygenError as error:
                return error.problems
            except OSError as error:
                return (_without_disk(self._kit.order, body, error),)
            except (MemoryError, RecursionError):
                return (too_large(self._kit.order, body),)
            finally:
                faulthandler.cancel_dump_traceback_later()

    def _make(self, body: Body, parcel: Parcel) -> Publication:
        with TemporaryDirectory(dir=self._folder.name) as name, ExitStack() as stack:
            for one, place in [*self._placed, (parcel, Path(name))]:
                stack.enter_context(one.known(place))
            profile = parcel.unpack(Path(name)) / body.profile.name
            publication = self._kit.order.make(body._replace(profile=profile), self._workspace)
        # Its documents are for those who look at them, and large.
        return replace(publication, documents={}, policies=publication.policies[:1])

    def close(self) -> None:
        """Remove what was unpacked."""
        self._folder.cleanup()


def _without_disk(order: BuildOrder, body: Body, error: OSError) -> Problem:
    """Say that a worker could not have a body's files on its disk."""
    name = order.name(body)
    what = f"{name} was not {order.done}: its worker cannot keep its files: "
    mend = "Make room where that worker has its temporary files, or name another folder in TMPDIR."
    return Problem(f"{what}{reason(error)}.", mend, code="PG504")


def other_versions(found: Mapping[str, WorkerVersions], ours: WorkerVersions) -> Problem:
    """Say which workers would make other bytes than this machine."""
    told = "; ".join(f"{worker} has {versions}" for worker, versions in sorted(found.items())[:5])
    what = f"Not all workers are of the versions here, {ours}: {told}."
    mend = "Install the same policygen with the same libraries on all (constraints.txt), and Pango."
    return Problem(what, mend, code="PG472")
