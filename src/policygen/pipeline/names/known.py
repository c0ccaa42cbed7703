"""A name on the command line that must be one of those that there are."""

from __future__ import annotations

from collections.abc import Iterable

from policygen.problems import PolicygenError, Problem, nearest


def require_known_name(noun: str, name: str, known: Iterable[str]) -> None:
    """Raise PolicygenError for a name that was given and does not exist."""
    known = tuple(known)
    if name and name not in known:
        what = f'There is no {noun} "{name}".'
        raise PolicygenError([Problem(what, nearest(name, known), code="PG631")])
