"""`policygen list`: what there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.show import problems_shown, profile_argument, templates_option

if TYPE_CHECKING:
    from policygen.model.fragment import Library

_WHAT = ("layers", "sections", "clauses", "editions", "formats", "sources", "profiles", "releases")


@click.command("list")
@click.argument("what", type=click.Choice(_WHAT))
@profile_argument(required=False)
@templates_option
def command(what: str, profiles: tuple[str, ...], templates: tuple[Path, ...]) -> None:
    """List what the library, this installation or ./profiles holds, one name a line.

    A PROFILE narrows releases, which stand oldest first.
    """
    from policygen.pipeline.workspace import Workspace

    if profiles and what != "releases":
        raise click.UsageError(f"{what} are not listed by profile: leave {profiles[0]} out.")
    with problems_shown():
        rows = list(
            _releases(profiles) if what == "releases" else _rows(what, Workspace(templates).library)
        )
        width = max((len(name) for name, _ in rows), default=0)
        for name, text in rows:
            click.echo(f"{name:<{width}}  {text}".rstrip())


def _rows(what: str, words: Library) -> Iterator[tuple[str, str]]:
    from policygen.load.files import display_path
    from policygen.load.profile_path import known_profiles
    from policygen.write.writer import formats

    every = [layer for group in words.layers.values() for layer in group]
    match what:
        case "layers":
            yield from ((layer.name, layer.title) for layer in every)
        case "sections":
            titles = {
                f.section: f.title.text for layer in every for f in layer.fragments if f.title
            }
            yield from ((s, titles[s]) for s in words.outline.sections if s in titles)
        case "clauses":
            first: dict[str, str] = {}
            for layer in every:
                for fragment in layer.fragments:
                    for edit in fragment.edits:
                        first.setdefault(edit.id, edit.title.text)
            yield from sorted(first.items(), key=lambda row: _order(row[0], words))
        case "editions":
            for key, edition in words.outline.editions.items():
                pages = (
                    f", {edition.pages} page{'s' if edition.pages > 1 else ''} at most"
                    if edition.pages
                    else ""
                )
                yield (
                    key,
                    f"{edition.title}: {words.outline.tiers[edition.tier].heading.lower()}{pages}",
                )
        case "formats":
            yield from ((name, "") for name in formats())
        case "sources":
            sources = {id: source for layer in every for id, source in layer.sources.items()}
            yield from (
                (id, f"{source.title} ({source.status})") for id, source in sorted(sources.items())
            )
        case "profiles":
            yield from ((name, display_path(path)) for name, path in known_profiles().items())


def _releases(names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    from policygen.load.profile_path import known_profiles
    from policygen.pipeline.names import find_profiles
    from policygen.problems import PolicygenError
    from policygen.store.releases import list_releases

    paths, missing = find_profiles(names or known_profiles())
    if missing:
        raise PolicygenError(missing)
    for path in paths:
        for record, superseded in list_releases(path.parent):
            one = record.entry
            text = f"{one.status}, issued {one.issued}{', superseded' if superseded else ''}: {one.summary}"
            yield f"{path.resolve().parent.name}@{one.version}", text


def _order(id: str, words: Library) -> tuple[int, str]:
    section = id.partition(".")[0]
    order = words.outline.sections
    return (order.index(section) if section in order else len(order), section)
