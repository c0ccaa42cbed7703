"""BuildOrder: what one run of `build` is asked for, and how one body of it is built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from policygen.pipeline.build import build, reprint
from policygen.pipeline.publish.publish import save_publication
from policygen.pipeline.publish.site import with_site
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem


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
        """The name of its folder, as people type it."""
        folder = self.profile.parent.name
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


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """What is wanted of every body: it goes to each process that builds some."""

    out: Path
    editions: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    audience: str = ""
    site: bool = False

    def build(self, body: Body, workspace: Workspace) -> BuiltBody:
        """Make and save the files of one body. Whatever its user can mend is in the outcome."""
        wanted = (workspace, self.editions, self.formats, self.audience)
        try:
            if body.version:
                publication = reprint(body.profile, body.version, *wanted)
            else:
                publication = build(body.profile, *wanted)
            if self.site:
                publication = with_site(publication)
            paths = save_publication(publication, self.out, body.fingerprint, body.listed)
        except PolicygenError as error:
            return BuiltBody(body, problems=error.problems)
        return BuiltBody(body, paths, publication.problems)
