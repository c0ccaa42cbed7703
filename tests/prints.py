"""The PDFs that `examples/` keeps, for a test that would print the same again: WeasyPrint takes seconds a book.

`tests/golden/prints.json` says of each what it was printed from. Whatever is printed from anything else, or
is no longer what it was then, is printed anew; in `make audit` everything is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypedDict

from policygen.model.document import Document
from policygen.write.html.writer import render_page
from policygen.write.look import theme_css
from policygen.write.pdf import writer
from policygen.write.pdf.writer import Rendered
from policygen.write.writer import THEME

ROOT = Path(__file__).parents[1]
PRINTS = ROOT / "tests/golden/prints.json"


class Print(TypedDict):
    """A kept PDF: its path, its checksum, its pages, and a digest of all that it was printed from."""

    path: str
    sha256: str
    pages: int
    source: str


def source(document: Document) -> str:
    """A digest of all that decides how a document prints."""
    given = (
        render_page(document, "print"),
        render_page(document, "print", close=True),
        repr((document.pages, document.fit, document.close)),
        theme_css(document.brand.theme, "print"),
        _program(),
    )
    return sha256("\0".join(given).encode()).hexdigest()


@cache
def _program() -> str:
    """A digest of what prints: the writer, its style sheet and fonts, and WeasyPrint."""
    files = [*Path(writer.__file__).parent.glob("*.py"), THEME / "print.css"]
    files += [path for path in (THEME / "fonts").rglob("*") if path.is_file()]
    digests = (sha256(path.read_bytes()).hexdigest() for path in sorted(files))
    return " ".join((*digests, version("weasyprint")))


@contextmanager
def kept_prints() -> Iterator[dict[bytes, tuple[str, int]]]:
    """Meanwhile what is kept is not printed again; gives the source and the pages of each PDF, as they are made."""
    seen: dict[bytes, tuple[str, int]] = {}
    render = writer.render

    def look_up(document: Document, *words: Any) -> Rendered:
        key = source(document)
        found = _kept(key) or render(document, *words)
        if not found.messages and not found.replaced:  # what WeasyPrint says is never kept
            seen[found.pdf] = (key, found.pages)
        return found

    writer.render = look_up
    try:
        yield seen
    finally:
        writer.render = render


def _kept(key: str) -> Rendered | None:
    if found := _prints().get(key):
        data = (ROOT / found["path"]).read_bytes()
        if sha256(data).hexdigest() == found["sha256"]:
            return Rendered(data, found["pages"], [])
    return None


@cache
def _prints() -> dict[str, Print]:
    return {one["source"]: one for one in json.loads(PRINTS.read_text("utf-8"))}


def as_json(prints: list[Print]) -> bytes:
    """What `prints.json` holds."""
    return (json.dumps(prints, indent=1) + "\n").encode()
