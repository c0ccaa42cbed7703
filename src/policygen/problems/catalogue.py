"""The catalogue of Problems: one page for each code, as Markdown files in `pages/`.

A page is `PG101.md`: a title line `# PG101: Unknown key`, what the Problem means, an `## Example`,
and `## How to mend it`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_TITLE = re.compile(r"# (?P<code>PG\d{3}): (?P<title>[^\n]+)\n")


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What the catalogue says about one code; `text` is the whole page in Markdown."""

    code: str
    title: str
    text: str


@cache
def catalogue() -> dict[str, ProblemPage]:
    """Return every page by its code, lowest code first."""
    folder = files("policygen.problems") / "pages"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".md"))
    pages = [_page((folder / name).read_text("utf-8")) for name in names]
    return {page.code: page for page in pages}


def _page(text: str) -> ProblemPage:
    title = _TITLE.match(text)
    if title is None:
        raise ValueError(f"A page of the catalogue begins `# PG101: Title`, not {text[:30]!r}.")
    return ProblemPage(title["code"], title["title"], text)
