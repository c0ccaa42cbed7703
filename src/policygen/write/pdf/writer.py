"""PDF: the HTML page, printed by WeasyPrint as PDF/UA-1 and PDF/A-2a at once. The one door to WeasyPrint."""

from __future__ import annotations

import ctypes.util
import gc
import logging
import sys
from contextlib import contextmanager, redirect_stdout
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from policygen.model.theme import Theme
from policygen.problems import Level, PolicygenError, Problem
from policygen.write.html.writer import render_page
from policygen.write.look import theme_css
from policygen.write.pdf.tags import claim_accessible, mended, spaced
from policygen.write.writer import THEME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.document import Document

_MISSING = Problem(
    "PDF needs the Pango library, which this computer lacks; all other formats are built.",
    "Install it: on Debian or Ubuntu `apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`, "
    "on Fedora `dnf install pango`, on Alpine `apk add pango`, on macOS `brew install pango`.",
    level=Level.WARNING,
)


class PdfWriter:
    """A PDF for paper, screen and screen reader."""

    extension = "pdf"

    def write(self, document: Document) -> bytes:
        """Return the file. Raises PolicygenError where Pango is missing or a picture cannot be drawn."""
        return self.write_pages(document)[0]

    def write_pages(self, document: Document) -> tuple[bytes, int]:
        """Return the file and its number of pages. Raises as `write` does."""
        pdf, pages, messages = render(document)
        if errors := [m for m in messages if m.levelno >= logging.ERROR]:
            raise PolicygenError(
                Problem(f"The PDF is not whole: {m.getMessage()}.", _MEND) for m in errors
            )
        return pdf, pages


_VARIANT = "pdf/a-2a"
_MEND = "Mend the picture or the address it names, or leave it out of the profile."


def render(document: Document) -> tuple[bytes, int, list[logging.LogRecord]]:
    """The PDF, its number of pages, and everything that WeasyPrint had to say while it was made.

    A document that runs over its pages, and a sheet that has no number of them, is set closer if that spares a page.
    """
    with _log() as messages, _no_collection():
        laid_out = _laid_out(document)
        if len(laid_out.pages) > (
            document.pages or (1 if document.fit == "sheet" else len(laid_out.pages))
        ):
            closer = _laid_out(document, close=True)
            laid_out = min(laid_out, closer, key=lambda made: len(made.pages))
        claim_accessible(laid_out.metadata)
        with mended():
            pdf: bytes = laid_out.write_pdf(pdf_variant=_VARIANT)
    return pdf, len(laid_out.pages), messages


def _laid_out(document: Document, *, close: bool = False) -> Any:
    """Its pages, as WeasyPrint's Document."""
    press = _press(document.brand.theme)
    source = spaced(render_page(document, "print", close=close))
    html = press.weasyprint.HTML(
        string=source, base_url=THEME.as_uri() + "/", url_fetcher=press.fetcher
    )
    with mended():
        return html.render(stylesheets=press.sheets, font_config=press.fonts, pdf_variant=_VARIANT)


class _Press(NamedTuple):
    """WeasyPrint, and what is read once for all documents of a theme: fonts and style sheets."""

    weasyprint: Any
    fonts: Any
    sheets: list[Any]
    fetcher: Any


@lru_cache(
    maxsize=2
)  # most documents have no theme, and those of one organisation follow one another
def _press(theme: Theme) -> _Press:
    """Made once for each theme, so that no fonts of one reach another. Raises PolicygenError without Pango."""
    try:
        # Where a library is missing it prints a banner too, and standard output is for results.
        with _quick_import(), redirect_stdout(StringIO()):
            import weasyprint  # type: ignore[import-untyped]  # no stubs
            from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]  # no stubs
    except (OSError, ImportError) as error:  # Pango is not there, or WeasyPrint itself
        raise PolicygenError([_MISSING]) from error
    fonts = FontConfiguration()
    fetcher = locked_fetcher()
    sheets = [weasyprint.CSS(filename=THEME / "print.css", font_config=fonts, url_fetcher=fetcher)]
    if own := theme_css(theme, "print"):
        sheets.append(weasyprint.CSS(string=own, font_config=fonts, url_fetcher=fetcher))
    return _Press(weasyprint, fonts, sheets, fetcher)


def locked_fetcher() -> Any:
    """A WeasyPrint URL fetcher that reads `data:` and files of the theme, and nothing else.

    A logo is a stranger's SVG: it must not draw the files of the person who builds, nor call out.
    """
    from weasyprint.urls import URLFetcher  # type: ignore[import-untyped]  # no stubs

    class Locked(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.lower().startswith("file:"):
                path = Path(url2pathname(urlsplit(url).path)).resolve()
                if urlsplit(url).netloc or not path.is_relative_to(THEME.resolve()):
                    raise ValueError(f"Only the theme's own files may be read, not {url}")
            return super().fetch(url, headers)

    return Locked(allowed_protocols=("data", "file"), allow_redirects=False)


@contextmanager
def _quick_import() -> Iterator[None]:
    """On Linux, spare cffi the search for libraries by name: it forks ldconfig and gcc some fifty times."""
    if sys.platform != "linux":
        yield
        return
    find = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find


@contextmanager
def _no_collection() -> Iterator[None]:
    """No garbage collection during a render, which is about 15 % of its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Collector(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _log() -> Iterator[list[logging.LogRecord]]:
    """Collect WeasyPrint's messages, which would otherwise be printed."""
    handler = _Collector(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    was = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield handler.records
    finally:
        logger.removeHandler(handler)
        logger.propagate = was
