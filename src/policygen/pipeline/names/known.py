"""Names on the command line that must be among those that there are."""

from __future__ import annotations

from collections.abc import Iterable

from policygen.problems import PolicygenError, Problem, nearest


def unknown_names(
    noun: str, names: Iterable[str], known: Iterable[str], adding: str = ""
) -> list[Problem]:
    """Return a Problem for each name that does not exist; `adding` is the page on adding one."""
    known = tuple(known)
    return [
        Problem(f'There is no {noun} "{name}".', nearest(name, known, adding), code="PG606")
        for name in names
        if name not in known
    ]


def require_known(noun: str, name: str, known: Iterable[str]) -> None:
    """Raise PolicygenError for a name that does not exist; an empty one was not given."""
    if problems := unknown_names(noun, [name] if name else [], known):
        raise PolicygenError(problems)
