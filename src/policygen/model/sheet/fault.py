"""What a style sheet may not say, at a line and a column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SheetFault:
    """Something that a sheet may not say, at a line and a column (from 1).

    `code` is its Problem's.
    """

    line: int
    column: int
    what: str
    mend: str
    code: str


def fault_at(node: Any, what: str, mend: str, *, code: str) -> SheetFault:
    """Return a fault where a node of tinycss2 stands."""
    return SheetFault(node.source_line, node.source_column, what, mend, code)


def shown_name(name: str) -> str:
    """Return a name out of a sheet as a message can show it: short, without what does not print."""
    return "".join(c if c.isprintable() else "\ufffd" for c in name[:40])
