"""BuildOrder: what one run of `build` is asked for, and how one body of it is built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from policygen.pipeline.build import build, reprint
from policygen.pipeline.fleet.order import Order
from policygen.pipeline.publish.publish import Publication, save_publication
from policygen.pipeline.publish.site import with_site
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem
from policygen.write.writer import Prepared, writer


class Body(NamedTuple):
    """A profile to build, or one of its releases to print again.

    The fingerprint is that of the build, taken before it began; a release has none. `listed` are
    the paths that earlier builds made.
    """

    profile: Path
    version: str = ""
    fingerprint: str = ""
    listed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the folder of its files: `fenwick`, or of a release `fenwick@1.0`."""
        folder = self.profile.resolve().parent.name
        return f"{folder}@{self.version}" if self.version else folder


@dataclass(frozen=True, slots=True)
class BuiltBody:
    """What became of one body: its files, and what is to be said of it.

    With an error nothing of it was written.
    """

    body: Body
    paths: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_unchanged: bool = False  # the last build still stands


@dataclass(frozen=True)
class BuildOrder(Order[Body, BuiltBody]):
    """What is wanted of every body."""

    done = "built"
    each = 20  # the layout engine gives back only part of its memory

    out: Path
    editions: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    audience: str = ""
    site: bool = False

    @property
    def fewest(self) -> int:
        """Two bodies where pages are laid out; as of any order where words are written."""
        is_slow = any(isinstance(writer(one), Prepared) for one in self.formats)
        return 2 if is_slow else super().fewest

    @property
    def imported_first(self) -> tuple[str, ...]:
        """The writers, and what they take long to import. Raises PolicygenError."""
        writers = [writer(format) for format in self.formats]
        prepared = (one.imported_first for one in writers if isinstance(one, Prepared))
        return (*super().imported_first, *(type(one).__module__ for one in writers), *prepared)

    def name(self, task: Body) -> str:
        """Return the name of a body."""
        return task.name

    def work(self, task: Body, workspace: Workspace) -> BuiltBody:
        """Make and save the files of one body. Whatever its user can mend is in the outcome."""
        try:
            return self.save(task, self.make(task, workspace))
        except PolicygenError as error:
            return BuiltBody(task, problems=error.problems)

    def make(self, body: Body, workspace: Workspace) -> Publication:
        """Make the files of one body, in memory. Raises PolicygenError."""
        wanted = (workspace, self.editions, self.formats, self.audience)
        if body.version:
            publication = reprint(body.profile, body.version, *wanted)
        else:
            publication = build(body.profile, *wanted)
        return with_site(publication) if self.site else publication

    def save(self, body: Body, made: Publication) -> BuiltBody:
        """Save the files of one body. Raises PolicygenError; then nothing of it was written."""
        paths = save_publication(made, self.out, body.fingerprint, body.listed)
        return BuiltBody(body, paths, made.problems)

    def lost(self, task: Body, problem: Problem) -> BuiltBody:
        """Return the outcome of a body that could not be built within the bounds of a process."""
        return BuiltBody(task, problems=(problem,))
