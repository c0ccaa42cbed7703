"""What is not known yet, and who will know: a list to send."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response

from policygen.pipeline.page.ready import still_unknown, unknown_list
from policygen.web.asked import Asked
from policygen.web.pages import html_page


def unknown_page(asked: Asked) -> Response:
    """Show the list, for each of those who know."""
    groups = still_unknown(asked.body.file, asked.session.workspace)
    return html_page("unknown.html", asked, groups=groups)


def unknown_text(asked: Asked) -> Response:
    """Return the list as a plain text, to be put into a message."""
    text = unknown_list(asked.body, asked.session.workspace)
    headers = {"content-disposition": 'attachment; filename="still-unknown.txt"'}
    return PlainTextResponse(text, headers=headers)
