"""The files that every page needs: its style, its script, its font."""

from __future__ import annotations

from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.responses import Response

from policygen.web.asked import Asked

_FONTS = "write/theme/fonts"
# Only these, by name: no path is made of what was asked for.
_FILES = {
    "page.css": ("web/static", "text/css"),
    "page.js": ("web/static", "text/javascript"),
    "icon.svg": ("web/static", "image/svg+xml"),
    "htmx.min.js": ("web/static", "text/javascript"),
    "PublicSans-Regular.woff2": (_FONTS, "font/woff2"),
    "PublicSans-Bold.woff2": (_FONTS, "font/woff2"),
}


def static_file(asked: Asked) -> Response:
    """Return one of the files. Raises HTTPException for any other."""
    name = asked.names["file"]
    if name not in _FILES:
        raise HTTPException(404)
    folder, media_type = _FILES[name]
    data = files("policygen").joinpath(folder, name).read_bytes()
    return Response(data, media_type=media_type)
