"""The one door to every output format: the Writer protocol and its lookup."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from policygen.problems import PolicygenError, Problem, nearest

if TYPE_CHECKING:
    from policygen.model.comparison.matrix_view import MatrixView
    from policygen.model.document import Document

GROUP = "policygen.writers"
ON_REQUEST = "policygen.writers.on_request"  # formats that are made only if somebody names them
THEME = Path(__file__).parent / "theme"


class Writer(Protocol):
    """Turns a Document into the bytes of one format.

    Raises `PolicygenError` for what a user can mend, such as a native library that is missing.
    """

    extension: str

    def write(self, document: Document) -> bytes:
        """Return the whole file. The same document gives the same bytes."""
        ...


class Printout(NamedTuple):
    """A file, on how many pages it stands, and a warning for each thing that it could not show.

    The pages of a draft's list of gaps are not counted: it goes when the draft is whole.
    """

    data: bytes
    pages: int
    problems: tuple[Problem, ...] = ()


@runtime_checkable
class Paged(Protocol):
    """A writer that makes pages, and takes its time: it says after each how far it is."""

    def print_pages(
        self, document: Document, on_page: Callable[[int], None] | None = None
    ) -> Printout:
        """Return the whole file with its pages; `on_page` is called with the number of each."""
        ...


@runtime_checkable
class MatrixWriter(Protocol):
    """A writer that can print a matrix as a page of its own, to be filtered."""

    def write_matrix(self, view: MatrixView) -> bytes:
        """Return the whole file. The same view gives the same bytes."""
        ...


@runtime_checkable
class PasteWriter(Protocol):
    """A writer that can print a document without the page around it, to be pasted into another."""

    def write_paste(self, document: Document, prefix: str) -> bytes:
        """Return its words; each id opens with the prefix, so that none clashes there."""
        ...


@runtime_checkable
class Prepared(Protocol):
    """A writer whose libraries take long to import, so that many processes import them once."""

    imported_first: str  # the name of a module that imports them


@runtime_checkable
class Partial(Protocol):
    """A writer that can leave something out where this computer lacks a library."""

    def lacking(self, document: Document) -> tuple[Problem, ...]:
        """Return a warning for each thing that is left out of this document."""
        ...


def formats() -> tuple[str, ...]:
    """The names of all formats, built in or brought by an installed package."""
    return tuple(sorted(point.name for point in _entry_points()))


def default_formats() -> tuple[str, ...]:
    """The names of the formats that are made when nobody names one."""
    return tuple(sorted(point.name for point in _entry_points() if point.group == GROUP))


@cache
def _entry_points() -> tuple[EntryPoint, ...]:
    """Return what is installed; to look for it reads the list of every package, each time."""
    every = entry_points()
    return (*every.select(group=GROUP), *every.select(group=ON_REQUEST))


@cache
def writer(name: str) -> Writer:
    """Look a writer up by its name; nothing of a format is imported before this."""
    for point in _entry_points():
        if point.name == name:
            made: Writer = point.load()()
            return made
    raise PolicygenError(
        [Problem(f'There is no format "{name}".', nearest(name, formats()), code="PG420")]
    )
