"""What is not known yet, and who will know: a list to send."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response

from policygen.pipeline.page.ready import still_unknown
from policygen.web.asked import Asked
from policygen.web.pages import html_page


def unknown_page(asked: Asked) -> Response:
    """Show the list, for each of those who know."""
    groups = still_unknown(asked.body.file, asked.session.workspace)
    return html_page("unknown.html", asked, groups=groups)


def unknown_text(asked: Asked) -> Response:
    """Return the list as a plain text, to be put into a message."""
    groups = still_unknown(asked.body.file, asked.session.workspace)
    parts = [f"What our social media policy still needs: {asked.body.title}"]
    for one in groups:
        facts = "\n".join(f"- {fact.label}" for fact in one.facts)
        parts.append(f"Please ask {one.who}:\n{facts}")
    headers = {"content-disposition": 'attachment; filename="still-unknown.txt"'}
    return PlainTextResponse("\n\n".join(parts) + "\n", headers=headers)
