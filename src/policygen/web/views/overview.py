"""One policy at a glance, and whether its file was changed elsewhere."""

from __future__ import annotations

from starlette.responses import Response

from policygen.pipeline.page.form import GROUPS
from policygen.pipeline.page.ready import still_unknown
from policygen.pipeline.page.undo import undo_save
from policygen.problems import PolicygenError, Problem
from policygen.web.asked import Asked, go_to
from policygen.web.pages import html_page


def overview_page(asked: Asked) -> Response:
    """Show the parts of the work, and how far each has come."""
    problems: tuple[Problem, ...] = ()
    unknown = 0
    try:
        unknown = sum(
            len(one.facts) for one in still_unknown(asked.body.file, asked.session.workspace)
        )
    except PolicygenError as error:
        problems = error.problems
    return html_page(
        "overview.html",
        asked,
        groups=GROUPS,
        unknown=unknown,
        problems=problems,
        begun="begun" in asked.query,
        undone=asked.query.get("undone", ""),
    )


def undo_page(asked: Asked) -> Response:
    """Undo the last save."""
    undone = undo_save(asked.own_body.file, asked.typed.get("save", ""))
    return go_to("body", asked.body.name, undone=undone)


def changed_line(asked: Asked) -> Response:
    """Return a line for a page that is open, where its profile has another digest by now."""
    now = asked.session.read(asked.body)
    return html_page("changed.html", asked, is_changed=now.digest != asked.names["digest"])
