"""`policygen build`: profiles to finished files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from policygen.cli.progress import progress
from policygen.cli.show import (
    choices,
    echo_err,
    failing,
    formats_complete,
    named_profiles,
    problems_shown,
    profile_argument,
    show,
    templates_option,
)


@click.command("build")
@profile_argument()
@click.option(
    "--edition",
    "-e",
    "editions",
    multiple=True,
    metavar="EDITION",
    shell_complete=choices(lambda library: library.outline.editions),
    help="Which publication to print; may be given again. Left out: the three tiers.",
)
@click.option(
    "--format",
    "-f",
    "formats",
    multiple=True,
    metavar="FORMAT",
    shell_complete=formats_complete,
    help="pdf, docx, html or md; may be given again. Left out: all.",
)
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("dist"),
    show_default=True,
    help="Where to.",
)
@click.option("--strict", is_flag=True, help="End with status 1 for any warning, too.")
@templates_option
def command(
    profiles: tuple[str, ...],
    editions: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path,
    strict: bool,
    templates: tuple[Path, ...],
) -> None:
    """Print one or more policies into DIR/<organisation>/.

    A release, such as fenwick@1.0, is printed again as it was; one whose place a later release took says so on
    every page.

    Beside the documents stand policy.json, the whole policy for other programs, and DIR/manifest.json,
    which lists every file with its checksum. What has not changed since the last build is left as it is.
    """
    from policygen.pipeline.build import build, reprint
    from policygen.pipeline.names import find_versions, require_known
    from policygen.pipeline.publish import save_publication
    from policygen.pipeline.unchanged import build_fingerprint, last_build
    from policygen.pipeline.workspace import Workspace
    from policygen.problems import PolicygenError

    failed = False
    with problems_shown():
        found, missing = find_versions(named_profiles(profiles))
        workspace = Workspace(templates)
        fingerprints: dict[Path, str] = {}
        with progress(len(found), lines=False) as step:
            for path, version in found:
                step(path.parent.name)
                if not version:
                    fingerprints[path] = build_fingerprint(path, workspace, editions, formats)
        unchanged = {path: last_build(path, mark, out) for path, mark in fingerprints.items()}
        if missing or not all(unchanged.values()):
            library = workspace.library  # its faults come first, and once
            if fingerprints:  # a release knows its own editions
                require_known(editions, formats, library.outline)
        show(missing)
        failed = bool(missing)
        with progress(len(found)) as step:
            for path, version in found:
                step(f"{path.parent.name}@{version}" if version else path.parent.name)
                try:
                    if not version and (before := unchanged[path]):
                        echo_err(
                            f"{path.resolve().parent.name}: nothing has changed since the last build"
                        )
                        files, problems = before.paths, before.problems
                    else:
                        made = (
                            reprint(path, version, workspace, editions, formats)
                            if version
                            else build(path, workspace, editions, formats)
                        )
                        files = save_publication(made, out, "" if version else fingerprints[path])
                        problems = made.problems
                    for file in files:
                        click.echo(str(file))
                except PolicygenError as error:
                    problems = error.problems
                show(problems)
                failed = failed or failing(problems, strict)
    sys.exit(1 if failed else 0)
