"""An edition on the screen, in a frame that runs nothing."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from policygen.pipeline.page.printed import print_file, printables
from policygen.pipeline.page.tried import show_tried
from policygen.web.asked import Asked
from policygen.web.pages import framed, html_page


def preview_page(asked: Asked) -> Response:
    """Show one edition, and lead to the others."""
    every = printables(asked.body.file, asked.session.workspace)
    wanted = asked.query.get("edition", "")
    shown = next((one for one in every if one.stem == wanted), every[0])
    profile_text = asked.session.read(asked.body)
    at = asked.query.get("at", "")
    return html_page(
        "preview.html", asked, every=every, shown=shown, profile_text=profile_text, at=at
    )


def edition_frame(asked: Asked) -> Response:
    """Return an edition as the page that would be published, for the frame.

    Where it is asked for a form that nobody has saved, it is as that would make it.
    """
    stem, workspace = asked.names["stem"], asked.session.workspace
    tried = asked.session.shown(asked.body, asked.query.get("tried", ""))
    if tried:
        data = show_tried(tried, stem, workspace)
    else:
        file = print_file(asked.body.file, f"{stem}.html", workspace)
        if file is None:
            raise HTTPException(404)
        data = file.data
    return framed(data)
