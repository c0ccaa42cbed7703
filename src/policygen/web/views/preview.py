"""An edition on the screen, in a frame that runs nothing."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from policygen.pipeline.page.printed import print_file, printables
from policygen.web.asked import Asked
from policygen.web.pages import html_page
from policygen.web.security import DOCUMENT_POLICY


def preview_page(asked: Asked) -> Response:
    """Show one edition, and lead to the others."""
    every = printables(asked.body.file, asked.session.workspace)
    wanted = asked.query.get("edition", "")
    shown = next((one for one in every if one.stem == wanted), every[0])
    profile_text = asked.session.read(asked.body)
    return html_page("preview.html", asked, every=every, shown=shown, profile_text=profile_text)


def edition_frame(asked: Asked) -> Response:
    """Return an edition as the page that would be published, for the frame."""
    file = print_file(asked.body.file, f"{asked.names['stem']}.html", asked.session.workspace)
    if file is None:
        raise HTTPException(404)
    headers = {"content-security-policy": DOCUMENT_POLICY}
    return Response(file.data, media_type="text/html", headers=headers)
