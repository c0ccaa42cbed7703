"""`policygen build`: profiles to finished files."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.options import (
    audience_option,
    editions_option,
    formats_option,
    named_profiles,
    profile_argument,
    strict_option,
    templates_option,
)
from policygen.cli.progress import progress
from policygen.cli.show import echo_err, echo_out, is_failure, problems_shown, show

if TYPE_CHECKING:
    from policygen.pipeline.workspace import Workspace
    from policygen.problems import Problem


@click.command("build")
@profile_argument()
@editions_option
@formats_option
@audience_option
@click.option(
    "--site",
    is_flag=True,
    help="Make DIR/<organisation>/site too, for a web server, and paste, for an intranet.",
)
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("dist"),
    show_default=True,
    help="Where to.",
)
@strict_option
@templates_option
def build_command(
    profiles: tuple[str, ...],
    editions: tuple[str, ...],
    formats: tuple[str, ...],
    audience: str,
    site: bool,
    out: Path,
    strict: bool,
    templates: tuple[Path, ...],
) -> None:
    """Print one or more policies into DIR/<organisation>/.

    A release, such as fenwick@1.0, is printed again as it was; one whose place a later
    release took says so on every page.

    Beside the documents stand policy.json, the whole policy for other programs, and
    DIR/manifest.json, which lists every file with its checksum. What has not changed since the
    last build is left as it is.

    With --audience managers, policy.for-managers.pdf stands beside policy.pdf: the clauses that
    are for managers and those for everyone, under the policy's own numbers.

    With --site, DIR/<organisation>/site holds every document and an index page that leads to
    them: put the folder on a web server as it is. DIR/<organisation>/paste holds each edition
    as plain HTML, headings from level 2, to paste into a page of an intranet.
    """
    from policygen.pipeline.names.names import find_versions
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        versions, missing = find_versions(named_profiles(profiles))
        order = _Order(Workspace(templates), editions, formats, audience, out, site)
        fingerprints = order.fingerprints(path for path, version in versions if not version)
        if missing or not order.is_built(fingerprints):
            order.require_library(fingerprints)
        show(missing)
        failed = bool(missing)
        with progress(len(versions)) as step:
            order = replace(order, workspace=order.workspace.reporting_to(step.detail))
            for path, version in versions:
                step(f"{path.parent.name}@{version}" if version else path.parent.name)
                problems = order.build(path, version, fingerprints.get(path, ""))
                show(problems)
                failed = failed or is_failure(problems, strict)
    sys.exit(1 if failed else 0)


@dataclass(frozen=True, slots=True)
class _Order:
    """What one run of the command is asked for."""

    workspace: Workspace
    editions: tuple[str, ...]
    formats: tuple[str, ...]
    audience: str
    out: Path
    site: bool = False

    @property
    def wanted(self) -> tuple[Workspace, tuple[str, ...], tuple[str, ...], str]:
        """What every step of a build takes after the profile."""
        return self.workspace, self.editions, self.formats, self.audience

    def fingerprints(self, profiles: Iterable[Path]) -> dict[Path, str]:
        """The fingerprint of each profile's build."""
        from policygen.pipeline.unchanged import build_fingerprint

        paths = list(profiles)
        found = {}
        with progress(len(paths), lines=False) as step:
            for path in paths:
                step(path.parent.name)
                found[path] = build_fingerprint(path, *self.wanted, site=self.site)
        return found

    def is_built(self, fingerprints: Mapping[Path, str]) -> bool:
        """Tell whether the last build of every profile still stands."""
        from policygen.pipeline.unchanged import last_build

        return all(last_build(path, mark, self.out) for path, mark in fingerprints.items())

    def require_library(self, profiles: Collection[Path]) -> None:
        """Read the library before any profile, so that its faults come first, and once.

        A library that all profiles name for themselves is read with them.
        Raises PolicygenError, for an edition or a format that it does not know too.
        """
        from policygen.pipeline.names.names import require_buildable

        if profiles and not any(map(self._has_shared_library, profiles)):
            return
        library = self.workspace.library
        if profiles:  # a release knows its own
            require_buildable(self.editions, self.formats, library.outline, self.audience)

    def _has_shared_library(self, profile: Path) -> bool:
        """Tell whether a profile names no templates of its own, as far as one can tell."""
        from policygen.problems import PolicygenError

        try:
            return self.workspace.templates_of(profile) == self.workspace.templates
        except PolicygenError:  # told when its turn comes
            return False

    def build(self, path: Path, version: str, fingerprint: str) -> tuple[Problem, ...]:
        """Build a profile, or print a release again; name the files, and return the Problems."""
        from policygen.pipeline.unchanged import last_build
        from policygen.problems import PolicygenError

        earlier = last_build(path, fingerprint, self.out) if not version else None
        if earlier:
            echo_err(f"{path.resolve().parent.name}: nothing has changed since the last build")
            _list_files(earlier.paths)
            return earlier.problems
        try:
            return self._print(path, version, fingerprint)
        except PolicygenError as error:
            return error.problems

    def _print(self, path: Path, version: str, fingerprint: str) -> tuple[Problem, ...]:
        from policygen.pipeline.build import build, reprint
        from policygen.pipeline.publish.publish import save_publication
        from policygen.pipeline.publish.site import with_site

        wanted = self.wanted
        publication = reprint(path, version, *wanted) if version else build(path, *wanted)
        publication = with_site(publication) if self.site else publication
        _list_files(save_publication(publication, self.out, fingerprint))
        return publication.problems


def _list_files(paths: Iterable[Path]) -> None:
    for path in paths:
        echo_out(str(path))
