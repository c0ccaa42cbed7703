"""A policy beside another: the change report in a frame, and to download."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from policygen.pipeline.page.others import compared
from policygen.problems import Problem
from policygen.web.asked import Asked, go_to
from policygen.web.pages import report_file
from policygen.web.views.others.forms import form_page, shown_form


def compare_page(asked: Asked) -> Response:
    """Ask with what, show how the two differ, or take a file to compare with."""
    return form_page(asked, _taken, _shown)


def changes_file(asked: Asked) -> Response:
    """Return the change report."""
    ending = asked.names["ending"]
    report = _neighbours(asked).report(asked.query.get("other", ""), ending)
    return report_file(asked, f"changes.{ending}", report)


def _taken(asked: Asked) -> Response:
    key = _neighbours(asked).take(asked.files.get("file", ()))
    return go_to("body", asked.body.name, "compare", other=key)


def _shown(asked: Asked, problems: Sequence[Problem]) -> Response:
    neighbours, wanted = _neighbours(asked), asked.query.get("other", "")
    side = neighbours.side(wanted)
    line = neighbours.line(side) if side else ""
    choose, file = neighbours.field(wanted), compared.OTHER_FILE
    values = {"choose": choose, "file": file, "side": side, "line": line}
    formats = compared.REPORT_FORMATS
    return shown_form("compare.html", asked, (choose, file), problems, formats=formats, **values)


def _neighbours(asked: Asked) -> compared.Neighbours:
    session = asked.session
    return compared.Neighbours(asked.body, session.listed(), session.uploads, session.workspace)
