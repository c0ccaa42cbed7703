"""`policygen list`: what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from policygen.cli.options import profile_argument, templates_option
from policygen.cli.show import echo_out, problems_shown

if TYPE_CHECKING:
    from policygen.model.fragment import Layer, Library
    from policygen.model.outline.outline import Budget
    from policygen.pipeline.workspace import Workspace

_Row: TypeAlias = tuple[str, ...]  # a name, and what it is, in as many columns as that takes


@click.command("list")
@click.argument(
    "what",
    type=click.Choice(
        (
            "layers",
            "sections",
            "clauses",
            "editions",
            "formats",
            "sources",
            "profiles",
            "releases",
            "commitments",
            "services",
        )
    ),
)
@profile_argument(required=False)
@templates_option
def list_command(what: str, profiles: tuple[str, ...], templates: tuple[Path, ...]) -> None:
    """List what the library, this installation or ./profiles holds, one name a line.

    A PROFILE narrows releases, which stand oldest first. Commitments are those of one PROFILE:
    how soon or how often, what it promises, who keeps it, what is usual and what reasonable.
    A clause has its grade beside it, which a kind of body may change. Those of one PROFILE have
    the number that its policy prints, and what it leaves out follows.
    Layers, sections, editions, sources and services are those of the library that a
    PROFILE names.
    """
    from policygen.pipeline.workspace import Workspace

    if what == "commitments" and len(profiles) != 1:
        raise click.UsageError("commitments are those of one profile: list commitments PROFILE.")
    if profiles and what in _WITHOUT_LIBRARY:
        raise click.UsageError(f"{what} are not listed by profile: leave {profiles[0]} out.")
    if len(profiles) > 1 and what in _FROM_LIBRARY:
        raise click.UsageError(f"{what} are those of one library: name one profile at most.")
    with problems_shown():
        if what == "releases":
            rows = list(_releases(profiles))
        elif what == "commitments":
            rows = list(_commitments(profiles[0], Workspace(templates)))
        elif what == "clauses" and profiles:
            rows = list(_clauses_of(profiles[0], Workspace(templates)))
        elif what in _WITHOUT_LIBRARY:
            rows = list(_WITHOUT_LIBRARY[what]())
        else:
            library = _library(profiles, Workspace(templates))
            rows = list(_FROM_LIBRARY[what](library))
        for line in _aligned(rows):
            echo_out(line)


def _library(profiles: tuple[str, ...], workspace: Workspace) -> Library:
    """Return the library of a profile, if one is named, else the shared one."""
    from policygen.load.profile.path import find_profile

    for name in profiles:
        workspace = workspace.for_profile(find_profile(name))
    return workspace.library


def _aligned(rows: list[_Row]) -> Iterator[str]:
    """Yield each row as a line, its columns beneath those of the others."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{text:<{width}}" for text, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _all_layers(library: Library) -> list[Layer]:
    return [layer for group in library.layers.values() for layer in group]


def _layers(library: Library) -> Iterator[_Row]:
    for layer in _all_layers(library):
        yield layer.name, layer.title


def _sections(library: Library) -> Iterator[_Row]:
    titles = {
        fragment.section: fragment.title.text
        for layer in _all_layers(library)
        for fragment in layer.fragments
        if fragment.title
    }
    for section in library.outline.sections:
        if section in titles:
            yield section, titles[section]


def _clauses(library: Library) -> Iterator[_Row]:
    """Every clause with its grade and its title in the lowest layer, in the order of sections."""
    clauses: dict[str, _Row] = {}
    grades = library.outline.grades
    section_grades: dict[str, str | None] = {}
    for layer in _all_layers(library):
        for fragment in layer.fragments:
            section_grade = section_grades.setdefault(fragment.section, fragment.grade)
            for edit in fragment.edits:
                grade = grades.of_clause(edit.grade, section_grade, binding=edit.binding)
                clauses.setdefault(edit.id, (edit.id, grade, edit.title.text))
    order = {section: number for number, section in enumerate(library.outline.sections)}

    def place(row: _Row) -> tuple[int, str]:
        section = row[0].partition(".")[0]
        return order.get(section, len(order)), section

    yield from sorted(clauses.values(), key=place)


def _clauses_of(name: str, workspace: Workspace) -> Iterator[_Row]:
    """Every clause that one policy has, with its number, and then what it leaves out.

    Raises PolicygenError.
    """
    from policygen.pipeline.names.subject import find_subject

    policy = find_subject(name, workspace).policy
    for section in policy.sections:
        for clause in section.clauses:
            yield clause.number, clause.id, clause.grade, clause.title.text
    lines = {clause.id for clause in policy.clauses()}
    for one in policy.left_out:
        if one.id in lines:  # it is printed as a line that leads elsewhere
            continue
        reason = one.omission.because or f"beyond the extent {one.omission.extent}"
        yield "", one.id, one.grade, f"left out: {reason}"


def _editions(library: Library) -> Iterator[_Row]:
    outline = library.outline
    for key, edition in outline.editions.items():
        tiers = " and ".join(outline.tiers[tier].heading.lower() for tier in edition.tiers)
        asked = "" if key in outline.default_editions else ", when asked for"
        yield key, f"{edition.title}: {tiers}{_pages(edition.pages)}{asked}"


def _pages(budget: Budget) -> str:
    """Return a budget of pages in words: one for every policy, or one for each extent."""
    if isinstance(budget, dict):
        most = ", ".join(f"{pages} ({extent})" for extent, pages in budget.items())
        return f", {most} pages at most"
    if budget:
        return f", {budget} page{'s' if budget > 1 else ''} at most"
    return ""


def _sources(library: Library) -> Iterator[_Row]:
    sources = {id: source for layer in _all_layers(library) for id, source in layer.sources.items()}
    for id, source in sorted(sources.items()):
        yield id, f"{source.title} ({source.status})"


def _formats() -> Iterator[_Row]:
    from policygen.write.writer import formats

    yield from ((name, "") for name in formats())


def _profiles() -> Iterator[_Row]:
    from policygen.load.files import display_path
    from policygen.load.profile.path import known_profiles

    for name, path in known_profiles().items():
        yield name, display_path(path)


def _services(library: Library) -> Iterator[_Row]:
    """Every service that examples may speak of, with the layers that have words for it."""
    layers_of: dict[str, list[str]] = {}
    for layer in _all_layers(library):
        for service in layer.examples:
            layers_of.setdefault(service, []).append(layer.name)
    yield from ((service, ", ".join(layers)) for service, layers in layers_of.items())


_WITHOUT_LIBRARY: dict[str, Callable[[], Iterator[_Row]]] = {
    "formats": _formats,
    "profiles": _profiles,
}
_FROM_LIBRARY: dict[str, Callable[[Library], Iterator[_Row]]] = {
    "layers": _layers,
    "sections": _sections,
    "clauses": _clauses,
    "editions": _editions,
    "sources": _sources,
    "services": _services,
}


def _releases(names: tuple[str, ...]) -> Iterator[_Row]:
    """Every release of some profiles, or of all. Raises PolicygenError."""
    from policygen.load.profile.path import known_profiles
    from policygen.model.language import localise
    from policygen.pipeline.names.names import find_profiles
    from policygen.problems import PolicygenError
    from policygen.store.releases import list_every_release

    paths, missing = find_profiles(names or known_profiles())
    if missing:
        raise PolicygenError(missing)
    for path in paths:
        organisation = path.resolve().parent.name
        for record, is_superseded in list_every_release(path.parent):
            superseded = ", superseded" if is_superseded else ""
            issue, entry = record.handbook, record.entry
            what = f"{entry.status}, issued {entry.issued}"
            if issue:
                who = localise(issue.changed_by, "en")
                what = f"handbook, issued {issue.issued}, changed by {who}"
            summary = issue.summary if issue else entry.summary
            yield f"{organisation}@{record.name}", f"{what}{superseded}: {summary}"


def _commitments(name: str, workspace: Workspace) -> Iterator[_Row]:
    """What one policy promises, in the order of the layers. Raises PolicygenError."""
    from policygen.pipeline.names.subject import find_subject

    for promise in find_subject(name, workspace).policy.commitments:
        usual = f"usual {promise.usual} ({promise.least} to {promise.most})"
        row = (promise.name, promise.text or "off", promise.says, promise.who, usual)
        yield tuple(text.replace("\u00a0", " ") for text in row)
