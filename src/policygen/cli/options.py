"""The arguments and options that several commands have, and what the shell completes for them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from policygen.cli.escape import printable
from policygen.cli.show import echo_err

if TYPE_CHECKING:
    from policygen.model.fragment import Library

Decorator: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_Complete: TypeAlias = Callable[[click.Context, click.Parameter, str], list[str]]


def complete_profiles(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Complete the name of a profile, or a path."""
    from click.shell_completion import CompletionItem

    from policygen.load.profile.path import known_profiles

    names = [CompletionItem(name) for name in known_profiles() if name.startswith(incomplete)]
    return [*names, CompletionItem(incomplete, type="file")]


def complete_from_library(names: Callable[[Library], Iterable[str]]) -> _Complete:
    """Complete a value from what the library of this command holds."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        return [name for name in names(_library(ctx)) if name.startswith(incomplete)]

    return complete


def _library(ctx: click.Context) -> Library:
    """Return the library of the folders or the profile that is typed; the shipped one, else.

    A shell has no place for a Problem: what cannot be read counts as not typed.
    """
    from policygen.load.library.library import load_library
    from policygen.load.profile.library_choice import template_roots
    from policygen.load.profile.path import find_profile
    from policygen.problems import PolicygenError

    try:
        roots = tuple(ctx.params.get("templates") or ())
        profile = _typed_profile(ctx)
        if profile and not roots:
            roots = template_roots(find_profile(profile))
        return load_library(roots)
    except PolicygenError:
        return load_library()


def _typed_profile(ctx: click.Context) -> str:
    """Return the first profile that is typed on a command line, or an empty text."""
    typed = (ctx.params.get(name) for name in ("profiles", "profile", "first"))
    first = next(filter(None, typed), "")
    return str(first if isinstance(first, str) else first[0])


def complete_formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of a format that is installed."""
    from policygen.write.writer import formats

    return [name for name in formats() if name.startswith(incomplete)]


def complete_clauses(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete the id of a clause, or of a section."""
    library = _library(ctx)
    layers = [layer for group in library.layers.values() for layer in group]
    edits = [edit for layer in layers for part in layer.fragments for edit in part.edits]
    names = dict.fromkeys((*library.outline.sections, *(edit.id for edit in edits)))
    return [name for name in names if name.startswith(incomplete)]


def complete_consultations(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[str]:
    """Complete a version of the profile that is or was out for comment."""
    from policygen.load.consultation.folder import consultation_versions
    from policygen.load.profile.path import find_profile
    from policygen.problems import PolicygenError

    try:
        folder = find_profile(_typed_profile(ctx)).parent
    except PolicygenError:
        return []
    return [name for name in consultation_versions(folder) if name.startswith(incomplete)]


def profile_argument(many: bool = True, required: bool = True) -> Decorator:
    """The PROFILE argument of a command, which receives `profiles`, or one `profile`."""
    if not many:
        return click.argument(
            "profile",
            metavar="PROFILE" if required else "[PROFILE]",
            required=required,
            shell_complete=complete_profiles,
        )
    return click.argument(
        "profiles",
        metavar="PROFILE..." if required else "[PROFILE]...",
        nargs=-1,
        required=required,
        shell_complete=complete_profiles,
    )


def named_profiles(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that lead to profiles, and say which folders among `profiles/*` do not."""
    from policygen.load.profile.path import without_strays

    profiles, folders = without_strays(names)
    for folder in folders:
        echo_err(f"{printable(folder)} holds no profile.yaml, and is left out.")
    return profiles


def profiles_or_all(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that were typed; without any, those in ./profiles, or the examples."""
    from policygen.load.profile.path import PROFILES_FOLDER, known_profiles

    if names:
        return named_profiles(names)
    every = known_profiles()
    own = [name for name, path in every.items() if path.parts[0] == PROFILES_FOLDER]
    return tuple(own or every)


def bodies_or_all(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the bodies that were named, each or as a folder of them; all, if none was."""
    from policygen.load.profile.path import bodies_in_folders

    return profiles_or_all(bodies_in_folders(names))


def today() -> date:
    """Return today's date: the only place beneath a command that asks the clock."""
    return date.today()


def _processors() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":  # a container may be given fewer than there are
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


if TYPE_CHECKING:
    _Type = click.ParamType[date]
else:  # click 8.1 has no types to say which
    _Type = click.ParamType


class TypedDay(_Type):
    """A date, typed as a profile has it: 2026-12-07."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that was typed; anything else is wrong usage."""
        if isinstance(value, date):
            return value
        try:
            if _DATE.fullmatch(value):  # 20261207 is a date to Python too
                return date.fromisoformat(value)
        except ValueError:  # such as 2026-02-30
            pass
        what = f'"{value}" is not a date: write year-month-day, like 2026-12-07.'
        raise click.BadParameter(what, ctx, param)


on_option = click.option(
    "--on",
    "on",
    metavar="DATE",
    type=TypedDay(),
    default=lambda: today(),
    show_default="today",
    help="The day that counts as today, like 2026-12-07.",
)
editions_option = click.option(
    "--edition",
    "-e",
    "editions",
    multiple=True,
    metavar="EDITION",
    shell_complete=complete_from_library(lambda library: library.outline.editions),
    help="Which publication to print; may be given again. Left out: those that the outline marks.",
)
audience_option = click.option(
    "--audience",
    default="",
    metavar="AUDIENCE",
    shell_complete=complete_from_library(lambda library: library.outline.audiences),
    help="Cut each edition to what these readers need, such as managers, in a file of its own.",
)
formats_option = click.option(
    "--format",
    "-f",
    "formats",
    multiple=True,
    metavar="FORMAT",
    shell_complete=complete_formats,
    help="pdf, docx, html or md, or on request txt, large-print-pdf or large-print-docx; may be "
    "given again. Left out: the first four.",
)
strict_option = click.option(
    "--strict", is_flag=True, help="End with status 1 for any warning, too."
)
section_option = click.option(
    "--section",
    metavar="SECTION",
    default="",
    shell_complete=complete_from_library(lambda library: library.outline.sections),
    help="Only one section.",
)
language_option = click.option(
    "--language",
    metavar="TAG",
    default="",
    help="Compare this language, such as cy. Left out: the first.",
)
jobs_option = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1),
    default=lambda: _processors(),
    show_default="one for each processor",
    envvar="POLICYGEN_JOBS",
    show_envvar=True,
    metavar="N",
    help="How many bodies to work on at once.",
)


def _on_one_line(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return a text as the line of a slip may hold it: pasted from a letter, it may have several.

    Nothing but spaces is nothing.
    """
    return " ".join(value.split())


because_option = click.option(
    "--because",
    default="",
    metavar="TEXT",
    callback=_on_one_line,
    help="Why your words differ.",
)
cleared_by_option = click.option(
    "--cleared-by",
    default="",
    metavar="TEXT",
    callback=_on_one_line,
    help="Who cleared it, where and when: for a binding clause, which needs it.",
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Show what would be written, and write nothing."
)
yes_option = click.option("--yes", "-y", is_flag=True, help="Write without asking.")
templates_option = click.option(
    "--templates",
    multiple=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A further folder of templates, stacked above the shipped ones, in place of those that "
    "profiles name. May be given again.",
)
consultation_option = click.option(
    "--version",
    "version",
    default="",
    metavar="VERSION",
    shell_complete=complete_consultations,
    help="Which version was out for comment. Left out: the newest that was.",
)
