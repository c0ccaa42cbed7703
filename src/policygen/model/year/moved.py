"""What has moved beneath a policy since it was released. Immutable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policygen.model.comparison.difference import Difference


@dataclass(frozen=True, slots=True)
class ClauseMove:
    """A clause, or with an empty `clause` a section, that the library makes read otherwise.

    `places` are where the library says so, each path:line as on this computer.
    """

    section: str
    clause: str
    number: str
    name: str
    differences: tuple[Difference, ...]
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceMove:
    """A source, and how it stands otherwise: "has been superseded"."""

    title: str
    what: str


@dataclass(frozen=True, slots=True)
class LibraryMove:
    """How a released version would read by today's library.

    With a `fault`, today's library gives it no policy, and nothing can be compared.
    """

    version: str
    issued: date
    clauses: tuple[ClauseMove, ...] = ()
    sources: tuple[SourceMove, ...] = ()
    fault: str = ""
