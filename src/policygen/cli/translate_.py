"""`policygen translate`: words for a translator, and back again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.form_file import deliver_form
from policygen.cli.options import (
    complete_from_library,
    dry_run_option,
    on_option,
    profile_argument,
    templates_option,
)
from policygen.cli.show import echo_err, echo_out, problems_shown, show

if TYPE_CHECKING:
    from datetime import date

    from policygen.model.translation.pack import TranslationPack
    from policygen.pipeline.year.translation.pack_in import PackReview, TakenPack

_WHICH = ("waiting", "unreviewed", "all")
_NOTHING = {
    "waiting": "Nothing waits: every part is translated from the words as they are now.",
    "unreviewed": "Nothing to give out: no translation waits for a reviewer.",
    "all": "Nothing to give out: there are no words.",
}


@click.command("translate")
@profile_argument(many=False)
@click.option("--to", "language", default="", metavar="LANGUAGE", help="Such as cy, mi or fr.")
@click.option(
    "--out",
    "-o",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the pack: .xliff for a translator's tool, .xlsx for a spreadsheet.",
)
@click.option(
    "--in",
    "came_back",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Read a pack that came back, and write its words into the profile's folder.",
)
@click.option(
    "--edition",
    "-e",
    "editions",
    multiple=True,
    metavar="EDITION",
    shell_complete=complete_from_library(lambda library: library.outline.editions),
    help="With --out: only what this edition prints; may be given again. Left out: everything.",
)
@click.option(
    "--which",
    type=click.Choice(_WHICH),
    default="waiting",
    show_default=True,
    help="With --out: what waits or has changed, what nobody has reviewed, or all.",
)
@click.option("--machine", is_flag=True, help="With --in: a machine made these translations.")
@click.option(
    "--reviewed-by",
    default="",
    metavar="NAME",
    help="With --in: who has read them: what the pack marks as reviewed, or else all of it.",
)
@on_option
@dry_run_option
@templates_option
def translate_command(
    profile: str,
    language: str,
    out: Path | None,
    came_back: Path | None,
    editions: tuple[str, ...],
    which: str,
    machine: bool,
    reviewed_by: str,
    on: date,
    dry_run: bool,
    templates: tuple[Path, ...],
) -> None:
    """Give the words of a policy to a translator, and take them back.

    --to cy --out pack.xliff writes what waits for its translation, a unit for each part of each
    clause. Facts, links and conditions are placeholders that nobody can break. --in reads the file
    back, refuses a broken placeholder by its line, and writes the words into `translations` in the
    profile's folder.

    Until a named person has reviewed it, a translation prints as a draft: at each clause, and on
    every page. Words that change in the original wait again, and only those.
    """
    from policygen.load.profile.path import find_profile

    _require_usage(language, out, came_back)
    with problems_shown():
        path = find_profile(profile)
        if came_back is None:
            assert out is not None  # or it is wrong usage
            _write_out(path, language, out, editions, which, templates)
        else:
            from policygen.pipeline.year.translation.pack_in import PackReview

            review = PackReview(machine, " ".join(reviewed_by.split()), on)
            _take_in(path, came_back, language, review, templates, dry_run=dry_run)


def _require_usage(language: str, out: Path | None, came_back: Path | None) -> None:
    """Raise a usage error unless it is one of the two directions, whole."""
    if (out is None) == (came_back is None):
        raise click.UsageError("Name one of the two: --to LANGUAGE --out FILE, or --in FILE.")
    if out is not None and not language:
        raise click.UsageError("Name the language: --to cy, for example.")
    if out is not None and out.suffix.lower() not in (".xliff", ".xlf", ".xlsx"):
        raise click.UsageError(f'"{out.name}" ends neither in .xliff nor in .xlsx.')


def _write_out(
    profile: Path,
    language: str,
    out: Path,
    editions: tuple[str, ...],
    which: str,
    templates: tuple[Path, ...],
) -> None:
    """Write a pack, and say how much there is to translate."""
    from policygen.pipeline.workspace import Workspace
    from policygen.pipeline.year.translation.pack_file import pack_bytes
    from policygen.pipeline.year.translation.pack_out import WhichUnits, make_pack

    workspace = Workspace(templates)
    pack = make_pack(profile, language, workspace, editions=editions, which=WhichUnits(which))
    if not pack.files:
        echo_err(_NOTHING[which])
        return
    ending = out.suffix.lower().removeprefix(".")
    deliver_form(pack_bytes(pack, ending), ending, out)
    echo_out(printable(str(out)))
    echo_err(_summary(pack))


def _summary(pack: TranslationPack) -> str:
    units = list(pack.units)
    segments = sum(len(unit.segments) for unit in units)
    words = sum(len(s.source.split()) for unit in units for s in unit.segments)
    of = _many(len({unit.clause for unit in units}), "clause or section", "clauses and sections")
    return (
        f"{_many(len(units), 'unit', 'units')} of {of}, "
        f"{_many(segments, 'sentence', 'sentences')}, {_many(words, 'word', 'words')}, "
        f"from {pack.source} to {pack.language}."
    )


def _many(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"


def _take_in(
    profile: Path,
    came_back: Path,
    language: str,
    review: PackReview,
    templates: tuple[Path, ...],
    *,
    dry_run: bool,
) -> None:
    """Read a pack that came back, say what comes of it, and write it."""
    from policygen.load.files import display_path
    from policygen.pipeline.workspace import Workspace
    from policygen.pipeline.year.translation.pack_in import take_pack, write_pack

    taken = take_pack(profile, came_back, Workspace(templates), review, language)
    show(tuple(taken.problems))
    for line in _told(taken):
        echo_err(line)
    if dry_run:
        echo_err("Nothing was written.")
        return
    for file in write_pack(profile, taken):
        echo_out(f"{printable(display_path(file))}: written")


def _told(taken: TakenPack) -> list[str]:
    """Return what became of a pack, in sentences."""
    many = _many(taken.taken, "unit", "units")
    lines = [f"{many} taken, {taken.reviewed} of them reviewed by a named person."]
    if taken.waiting:
        waiting = _many(taken.waiting, "unit still waits", "units still wait")
        lines.append(f"{waiting} for a translation.")
    if taken.moved:
        moved = _many(len(taken.moved), "unit is", "units are")
        again = "comes out again" if len(taken.moved) == 1 else "come out again"
        lines.append(
            f"{moved} of words that have changed since, and {again} with the next pack: "
            f"{', '.join(taken.moved[:10])}."
        )
    if taken.lost:
        lines.append(
            "These stood in the files by hand, without an original, and are left out: "
            f"{', '.join(taken.lost)}."
        )
    if not taken.is_printed:
        lines.append(f"To print it, add {taken.language} to `languages` in profile.yaml.")
    return lines
