"""MarkdownFault: something wrong with the Markdown of a fragment.

Before it is known whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkdownFault:
    """One fault at a line and a column of the file, both from 1.

    The texts and the code are those of a Problem.
    """

    line: int
    column: int
    what: str
    mend: str
    code: str
