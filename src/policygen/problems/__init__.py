"""Problem: one fault that a user can mend. All that is wrong with the input becomes one."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from policygen.problems.message import Message as Message
from policygen.problems.message import on_page as on_page
from policygen.problems.suggest import nearest as nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Where a value stands in a YAML file, key by key: ("channels", 0, "platform").
DataPath: TypeAlias = tuple[str | int, ...]


def key_path(path: DataPath) -> DataPath:
    """Return the path by which the location of a key is known; `path` itself is its value's."""
    return (*path, "")


class Level(Enum):
    """How bad a Problem is. An error stops its own profile, a warning under `--strict` only."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands: a path as the user knows it, line and column from 1 (0: unknown)."""

    path: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """`path:line:column`, as editors understand it."""
        return ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: what is wrong, where, and how to mend it. Both texts are whole sentences.

    A text that names a command is a `Message`, which says it for the page of `serve` as well.
    `code` names its kind (PG101) and never changes; `field` is the path of the fact in the profile,
    such as ("channels", 0, "platform"), where it is about one.
    """

    what: str
    mend: str
    location: Location = Location()
    level: Level = Level.ERROR
    code: str = dataclasses.field(kw_only=True)
    field: DataPath = dataclasses.field(default=(), kw_only=True)

    def __str__(self) -> str:
        """One line for a log or a test; the command line prints it in colour."""
        return f"{self.location}: {self.level.value}: {self.what} {self.mend}".lstrip(": ")


class PolicygenError(Exception):
    """Raised with every Problem at once. Anything else that is raised is a bug of ours."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    @property
    def first(self) -> Problem:
        """The first that stops a build, for whoever has room for one."""
        return first_of(self.problems)


def first_of(problems: Sequence[Problem]) -> Problem:
    """Return the first that stops a build, or else the first."""
    return next(iter(errors(problems)), problems[0])


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Only those that stop a build."""
    return tuple(p for p in problems if p.level is Level.ERROR)
