"""Every Problem of a policy, each leading to its field."""

from __future__ import annotations

from starlette.responses import Response

from policygen.pipeline.page.ready import every_fault
from policygen.web.asked import Asked
from policygen.web.pages import html_page


def check_page(asked: Asked) -> Response:
    """List what `policygen check` says."""
    problems = every_fault(asked.body.file, asked.session.workspace)
    return html_page("check.html", asked, problems=problems)
