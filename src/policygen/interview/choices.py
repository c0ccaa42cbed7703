"""What kinds, jurisdictions, postures and extents there are, and which one an answer means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policygen.facts.examples import offered_services
from policygen.load.profile.choices import ADDING, no_such_body
from policygen.model.fragment import Layer, Library
from policygen.model.outline.outline import Outline
from policygen.problems import PolicygenError, Problem, nearest

_RUNGS = ("jurisdiction", "kind", "posture")
# The code of a name that is not there, where it has one of its own.
_UNKNOWN = {"extent": "PG151", "services": "PG348"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a numbered list: its name in the library, its title, what choosing it means."""

    name: str
    title: str
    description: str = ""


def list_choices(rung: str, library: Library, kind: str, jurisdiction: str) -> tuple[Choice, ...]:
    """Return what there is on a rung, or the extents; nothing for a fact that takes any text.

    `kind` and `jurisdiction` are those that are chosen already, or "".
    """
    if rung == "extent":
        changes = (layer.editions for layer in reversed([*library.above("kind", kind)]))
        return tuple(_extents(library.outline.with_changes(changes)))
    if rung not in _RUNGS:
        return ()
    names = library.names(rung)
    if rung == "kind" and jurisdiction:
        names = tuple(name for name in names if library.exists(name, jurisdiction))
    if rung == "jurisdiction" and kind:
        names = tuple(name for name in names if library.exists(kind, name))
    return tuple(_choice(rung, name, library, jurisdiction) for name in names)


def choose(
    rung: str,
    text: str,
    choices: tuple[Choice, ...],
    called: str,
    library: Library,
    kind: str,
    jurisdiction: str,
) -> str:
    """Return the name that a number, a name or a title means. Raises PolicygenError for none."""
    typed = text.casefold()
    for number, choice in enumerate(choices, 1):
        spoken = choice.name.replace("-", " ")
        if typed in (str(number), choice.name, choice.title.casefold(), spoken):
            return choice.name
    is_known = rung in _RUNGS and text in library.names(rung)
    if is_known:  # but not in this place, or not for this kind
        wanted_kind = text if rung == "kind" else kind
        wanted_place = text if rung == "jurisdiction" else jurisdiction
        raise PolicygenError([no_such_body(library, wanted_kind, wanted_place)])
    what = f'{called}: there is no {rung.removesuffix("s")} "{text}".'
    mend = nearest(text, [choice.name for choice in choices], ADDING.get(rung, ""))
    raise PolicygenError([Problem(what, mend, code=_UNKNOWN.get(rung, "PG102"), field=(rung,))])


def service_choices(layers: Iterable[Layer]) -> tuple[Choice, ...]:
    """Return the services that examples may speak of, as layers know them."""
    names = offered_services(layers)
    return tuple(Choice(name, name.replace("-", " ").capitalize()) for name in names)


def _extents(outline: Outline) -> Iterator[Choice]:
    """Each extent with what it takes, and on how many pages each edition then stands at most."""
    for name in outline.grades.extents:
        pages = [
            f"{edition.title}: {edition.pages[name]} pages at most"
            for edition in outline.editions.values()
            if isinstance(edition.pages, dict) and name in edition.pages
        ]
        description = f"{'; '.join(pages)}." if pages else ""
        yield Choice(name, outline.grades.says.get(name, name), description)


def _choice(rung: str, name: str, library: Library, jurisdiction: str) -> Choice:
    """A name as one may choose it; the chosen jurisdiction may have a title of its own for it."""
    title = next((layer.title for layer in library.above(rung, name)), name)
    for place in library.chain("jurisdiction", jurisdiction):
        for layer in library.layers.get(f"jurisdiction/{place}/{rung}/{name}", ()):
            title = layer.title  # the one of the highest root, which is the last
    own = library.layers.get(f"{rung}/{name}", ())
    description = next((layer.says for layer in reversed(own) if layer.says), "")
    return Choice(name, title, description)
