"""WeasyPrint made ready: locked to the theme's own files, its fonts and sheets read once."""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from policygen.model.theme import Theme
from policygen.problems import Level, PolicygenError, Problem
from policygen.write.look import theme_css
from policygen.write.writer import THEME

_LACKING = "PDF needs the Pango library, which this computer lacks; all other formats are built."
_INSTALL = (
    "Install it: on Debian or Ubuntu "
    "`apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`, "
    "on Fedora `dnf install pango`, on Alpine `apk add pango`, on macOS `brew install pango`; "
    "on Windows with MSYS2 `pacman -S mingw-w64-ucrt-x86_64-pango`."
)


class Press(NamedTuple):
    """WeasyPrint, and what is read once for all documents of a theme: fonts and style sheets."""

    weasyprint: Any
    fonts: Any
    sheets: list[Any]
    fetcher: Any


# Most documents have no theme, and those of one organisation follow one another.
@lru_cache(maxsize=2)
def press_for(theme: Theme) -> Press:
    """Return the press of a theme, whose fonts reach no other's.

    Raises PolicygenError without Pango.
    """
    weasyprint, fonts = import_weasyprint()
    fetcher = locked_fetcher()
    sheets = [weasyprint.CSS(filename=THEME / "print.css", font_config=fonts, url_fetcher=fetcher)]
    if own := theme_css(theme, "print"):
        sheets.append(weasyprint.CSS(string=own, font_config=fonts, url_fetcher=fetcher))
    return Press(weasyprint, fonts, sheets, fetcher)


def import_weasyprint() -> tuple[Any, Any]:
    """Return WeasyPrint and a new set of fonts.

    Raises PolicygenError where its library is missing.
    """
    try:
        # Where a library is missing it prints a banner too, and standard output is for results.
        with _quick_import(), redirect_stdout(StringIO()):
            import weasyprint  # type: ignore[import-untyped]  # no stubs
            from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]  # no stubs
    except (OSError, ImportError) as error:  # Pango is not there, or WeasyPrint itself
        raise PolicygenError(
            [Problem(_LACKING, _INSTALL, level=Level.WARNING, code="PG421")]
        ) from error
    return weasyprint, FontConfiguration()


def locked_fetcher() -> Any:
    """Return a WeasyPrint URL fetcher that reads `data:` and files of the theme, and nothing else.

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
    """On Linux, spare cffi its search for libraries, which forks fifty processes."""
    if sys.platform != "linux":
        yield
        return
    find = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find
