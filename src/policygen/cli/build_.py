"""`policygen build`: profiles to finished files."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.progress import progress
from policygen.cli.show import (
    choices,
    echo_err,
    failing,
    formats_complete,
    problems_shown,
    profile_argument,
    show,
    templates_option,
)

if TYPE_CHECKING:
    from policygen.model.fragment import Library


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
    from policygen import pipeline
    from policygen.problems import PolicygenError

    failed = False
    with problems_shown():
        found, missing = pipeline.find_versions(profiles)
        asked = {
            path: pipeline.asked(path, templates, editions, formats)
            for path, version in found
            if not version
        }
        kept = {path: pipeline.kept(path, asked[path], out) for path in asked}

        @cache
        def words() -> Library:
            read = pipeline.library(templates)
            if asked:  # a release knows its own editions
                pipeline.known(editions, formats, read.outline)
            return read

        if missing or not all(kept.values()):
            words()  # its faults come first, and once
        show(missing)
        failed = bool(missing)
        with progress(len(found)) as step:
            for path, version in found:
                step(f"{path.parent.name}@{version}" if version else path.parent.name)
                try:
                    if not version and (before := kept[path]):
                        echo_err(
                            f"{path.resolve().parent.name}: nothing has changed since the last build"
                        )
                        files, problems = before.paths, before.problems
                    else:
                        made = (
                            pipeline.reprint(path, version, editions, formats)
                            if version
                            else pipeline.generate(path, words(), editions, formats)
                        )
                        files = pipeline.save(made, out, "" if version else asked[path])
                        problems = made.problems
                    for file in files:
                        click.echo(str(file))
                except PolicygenError as error:
                    problems = error.problems
                show(problems)
                failed = failed or failing(problems, strict)
    sys.exit(1 if failed else 0)
