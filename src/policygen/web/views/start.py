"""The first page: which policies there are, and how to begin one."""

from __future__ import annotations

from starlette.responses import Response

from policygen.web.asked import Asked
from policygen.web.pages import html_page, said_page


def start_page(asked: Asked) -> Response:
    """List the policies of the folder, then the examples."""
    listed = asked.session.listed()
    own = [one for one in listed if not one.is_example]
    examples = [one for one in listed if one.is_example]
    folder = str(asked.session.folder.absolute())
    return html_page("start.html", asked, own=own, examples=examples, folder=folder)


def stop_page(asked: Asked) -> Response:
    """End the server, once this answer is on its way."""
    if asked.method != "POST":
        return html_page("stop.html", asked)
    asked.session.stop()
    return said_page(200, "policygen has ended. You can close this window.")


def accessibility_page(asked: Asked) -> Response:
    """Say what the page meets, as its tests show, what nobody tested, and whom to tell."""
    return html_page("accessibility.html", asked)
